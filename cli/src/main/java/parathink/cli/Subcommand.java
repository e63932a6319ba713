package parathink.cli;

/** What a command does once its options are parsed. Run once, on the main thread. */
interface Subcommand {
    /**
     * Does it; exceptions become exit codes in {@link ExitCode#of}.
     *
     * @throws Exception whatever went wrong
     */
    ExitCode run() throws Exception;

    /** Whether it helps to find a fault in the files of settings, and so runs in spite of one. */
    default boolean worksWithWrongSettings() {
        return false;
    }
}
