package io.stallsight.engine.http;

import java.util.regex.Matcher;

/** The page as a single file that contains a picture. It opens in a browser without any server. Thread-safe. */
public final class Snapshot {

    private static final String PICTURE_ELEMENT = "<script type=\"application/json\" id=\"stallsight-picture\">";

    private Snapshot() {}

    /**
     * Returns the HTML of the file.
     *
     * @param picture JSON in the format of docs/api.md
     */
    public static String html(String picture) {
        return html(Assets.load(), picture);
    }

    static String html(Assets assets, String picture) {
        Matcher references = Assets.REFERENCE.matcher(assets.text(Assets.PAGE));
        StringBuilder page = new StringBuilder();
        while (references.find()) {
            String style = references.group(1);
            String inlined = style == null
                    ? "<script>\n" + assets.text(references.group(2)) + "</script>"
                    : "<style>\n" + assets.text(style) + "</style>";
            references.appendReplacement(page, Matcher.quoteReplacement(inlined));
        }
        references.appendTail(page);
        // Without the escape, a text of the application such as "</script>" would end the element of the picture.
        page.insert(page.indexOf(PICTURE_ELEMENT) + PICTURE_ELEMENT.length(), picture.replace("<", "\\u003c"));
        return page.toString();
    }
}
