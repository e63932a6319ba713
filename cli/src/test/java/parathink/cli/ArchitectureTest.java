package parathink.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import org.junit.jupiter.api.Test;

/** The arrows of docs/architecture.md. */
final class ArchitectureTest {
    private static final JavaClasses PROJECT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("tests.jar"))
            .importPackages("parathink");

    @Test
    void everyModuleIsLookedAt() {
        for (var module : new String[] {"cli", "eval", "strategies", "models", "datasets"}) {
            assertThat(PROJECT.stream().filter(type -> type.getPackageName().startsWith("parathink." + module)))
                    .as(module)
                    .hasSizeGreaterThan(5);
        }
    }

    @Test
    void modulesImportOnlyAlongTheArrows() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("cli")
                .definedBy("parathink.cli..")
                .layer("eval")
                .definedBy("parathink.eval..")
                .layer("strategies")
                .definedBy("parathink.strategies..")
                .layer("models")
                .definedBy("parathink.models..")
                .layer("datasets")
                .definedBy("parathink.datasets..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("eval")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("strategies")
                .mayOnlyBeAccessedByLayers("eval", "cli")
                .whereLayer("models")
                .mayOnlyBeAccessedByLayers("strategies", "eval", "cli")
                .whereLayer("datasets")
                .mayOnlyBeAccessedByLayers("strategies", "eval", "cli")
                .check(PROJECT);
    }

    @Test
    void noPackagesOfEvalNeedEachOther() {
        slices().matching("parathink.eval.(*)..").should().beFreeOfCycles().check(PROJECT);
    }

    @Test
    void evidenceKnowsNoFiles() {
        noClasses()
                .that()
                .resideInAPackage("parathink.eval.evidence..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "parathink.eval.directory..")
                .check(PROJECT);
    }

    @Test
    void onlyTheOnnxPackageCallsNativeCode() {
        noClasses()
                .that()
                .resideOutsideOfPackage("parathink.models.onnx..")
                .should()
                .dependOnClassesThat(belongToAnyOf(Linker.class, SymbolLookup.class))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(PROJECT);
    }

    @Test
    void onlyTheCommandLinePrintsOrExits() {
        noClasses()
                .that()
                .resideOutsideOfPackage("parathink.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(PROJECT);
    }

    @Test
    void strategiesHaveNoThreadsLocksClocksOrDice() {
        var strategies = "parathink.strategies..";
        noClasses()
                .that()
                .resideInAPackage(strategies)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.time..", "java.util.random..")
                .orShould()
                .dependOnClassesThat(belongToAnyOf(Thread.class, java.util.Random.class))
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(Object.class, "wait")
                .orShould()
                .callMethod(Object.class, "notifyAll")
                .check(PROJECT);
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(strategies)
                .should()
                .haveModifier(SYNCHRONIZED)
                .check(PROJECT);
    }

    @Test
    void noStaticFieldCanBeSetAgain() {
        fields().that().areStatic().should().beFinal().check(PROJECT);
    }

    @Test
    void namesAreTheFieldsWords() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Factory")
                .orShould()
                .haveSimpleNameEndingWith("Service")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .check(PROJECT);
    }

    @Test
    void commandsDoNotKnowTheCommandLineTheyArePartOf() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Command")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("Main")
                .check(PROJECT);
    }
}
