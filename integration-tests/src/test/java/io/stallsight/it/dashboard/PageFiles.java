package io.stallsight.it.dashboard;

import io.stallsight.it.harness.AgentJar;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of the packaged agent, and the page as one file (the README of its folder describes how). */
final class PageFiles {

    private static final String FOLDER = "io/stallsight/engine/http/";
    private static final Pattern STYLE = Pattern.compile("<link rel=\"stylesheet\" href=\"([^\"]+)\">");
    private static final Pattern SCRIPT = Pattern.compile("<script src=\"([^\"]+)\"></script>");
    private static final String PICTURE = "<script type=\"application/json\" id=\"stallsight-picture\">";

    private PageFiles() {}

    /** The names of the assets in {@code index.html}, in its order. */
    static List<String> assets() {
        String page = read("index.html");
        return java.util.stream.Stream.of(STYLE, SCRIPT)
                .flatMap(pattern -> pattern.matcher(page).results())
                .map(match -> match.group(1))
                .toList();
    }

    static String read(String name) {
        return new String(AgentJar.fileOfEngine(FOLDER + name), StandardCharsets.UTF_8);
    }

    static String asOneFile(String json) {
        String page = STYLE.matcher(read("index.html"))
                .replaceAll(match -> Matcher.quoteReplacement("<style>\n" + read(match.group(1)) + "</style>"));
        page = SCRIPT.matcher(page)
                .replaceAll(match -> Matcher.quoteReplacement("<script>\n" + read(match.group(1)) + "</script>"));
        return page.replace(PICTURE, PICTURE + json.replace("<", "\\u003c"));
    }
}
