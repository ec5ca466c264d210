package io.stallsight.engine.http;

import java.util.regex.Matcher;

/** The page as one file, with a picture in it: it asks for nothing, and opens without the process that made it. */
public final class Snapshot {

    private static final String PLACE = "<script type=\"application/json\" id=\"stallsight-picture\">";

    private Snapshot() {}

    /** @param picture JSON of docs/api.md */
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
        // no text of the application can end the element that the picture is in
        page.insert(page.indexOf(PLACE) + PLACE.length(), picture.replace("<", "\\u003c"));
        return page.toString();
    }
}
