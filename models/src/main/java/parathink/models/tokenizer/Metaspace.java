package parathink.models.tokenizer;

/**
 * Marks spaces with a visible character and cuts before each mark.
 *
 * @param prefix which pieces get a mark in front
 * @param cuts false to leave the piece whole
 */
record Metaspace(char mark, Prefix prefix, boolean cuts) implements PreTokenizer {
    /** Which pieces get a mark in front when they have none. */
    enum Prefix {
        ALWAYS,
        /** Only the one that begins the whole text. */
        FIRST,
        NEVER
    }

    @Override
    public void cut(String piece, boolean opening, Pieces pieces) {
        var marked = piece.replace(' ', mark);
        if (marked.charAt(0) != mark && isPrefixed(opening)) {
            marked = mark + marked;
        }
        if (!cuts) {
            pieces.accept(marked, opening);
            return;
        }
        int start = 0;
        while (start < marked.length()) {
            int next = marked.indexOf(mark, start + 1);
            int end = next < 0 ? marked.length() : next;
            pieces.accept(marked.substring(start, end), opening && start == 0);
            start = end;
        }
    }

    private boolean isPrefixed(boolean opening) {
        return switch (prefix) {
            case ALWAYS -> true;
            case FIRST -> opening;
            case NEVER -> false;
        };
    }

    /** Reads the marks' settings, which the pre-tokenizer and the decoder share; older files know a flag only. */
    static Metaspace read(Section section) {
        var scheme = section.optional("prepend_scheme");
        var prefix = scheme.isPresent() ? prefix(scheme.get()) : Prefix.ALWAYS;
        if (!section.flag("add_prefix_space", true)) {
            if (prefix == Prefix.FIRST) {
                throw section.unusable("has add_prefix_space false and prepend_scheme 'first', which contradict");
            }
            prefix = Prefix.NEVER;
        }
        return new Metaspace(section.at("replacement").character(), prefix, section.flag("split", true));
    }

    private static Prefix prefix(Section scheme) {
        return switch (scheme.text()) {
            case "always" -> Prefix.ALWAYS;
            case "first" -> Prefix.FIRST;
            case "never" -> Prefix.NEVER;
            default ->
                throw scheme.unusable(
                        "is %s, should be always, first or never".formatted(Section.shown(scheme.text())));
        };
    }
}
