package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A default body in an interface would otherwise take the place of the wrapped one's own. */
final class ForwardingTest {
    @ParameterizedTest
    @CsvSource({
        "parathink.models.Engine, parathink.models.ForwardingEngine",
        "parathink.models.Session, parathink.models.ForwardingSession"
    })
    void everyMethodIsHandedOn(Class<?> kind, Class<?> forwarding) {
        // opening with a budget goes through opening with an account, which is handed on
        assertThat(Arrays.stream(kind.getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers())
                                && !Arrays.asList(method.getParameterTypes()).contains(Budget.class)))
                .isNotEmpty()
                .allSatisfy(method -> assertThat(declares(forwarding, method))
                        .as(method.getName())
                        .isTrue());
    }

    private static boolean declares(Class<?> type, Method method) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }
}
