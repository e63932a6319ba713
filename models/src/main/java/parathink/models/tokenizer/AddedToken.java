package parathink.models.tokenizer;

/**
 * A token that is found in a text by its name, before the text is cut into pieces.
 *
 * @param name its text
 * @param singleWord found only where no letter, digit or underscore touches it
 * @param takesLeft whether it takes the white space before it
 * @param takesRight whether it takes the white space behind it
 * @param normalized whether it is looked for in the normalized text, by its normalized name
 */
record AddedToken(int id, String name, boolean singleWord, boolean takesLeft, boolean takesRight, boolean normalized) {
    static AddedToken read(Section section) {
        var name = section.at("content").text();
        boolean special = section.flag("special", false);
        return new AddedToken(
                section.at("id").id(),
                name,
                section.flag("single_word", false),
                section.flag("lstrip", false),
                section.flag("rstrip", false),
                section.flag("normalized", !special));
    }
}
