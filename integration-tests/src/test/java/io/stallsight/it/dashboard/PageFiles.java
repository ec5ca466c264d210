package io.stallsight.it.dashboard;

import io.stallsight.it.harness.AgentJar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of the packaged agent, and the page as one file (the README of its folder describes how). */
final class PageFiles {

    private static final String FOLDER = "engine/io/stallsight/engine/http/";
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
        try (JarFile jar = new JarFile(AgentJar.path().toFile())) {
            JarEntry entry = jar.getJarEntry(FOLDER + name);
            if (entry == null) {
                throw new IllegalStateException("no " + FOLDER + name + " in the agent");
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String asOneFile(String json) {
        String page = STYLE.matcher(read("index.html"))
                .replaceAll(match -> Matcher.quoteReplacement("<style>\n" + read(match.group(1)) + "</style>"));
        page = SCRIPT.matcher(page)
                .replaceAll(match -> Matcher.quoteReplacement("<script>\n" + read(match.group(1)) + "</script>"));
        return page.replace(PICTURE, PICTURE + json.replace("<", "\\u003c"));
    }
}
