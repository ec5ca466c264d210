package io.stallsight.it.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The result of a build of a {@link Sample}: its exit code, its output, the reports of its tests. */
public record SampleRun(Path directory, int exitCode, String output, List<String> command) {

    /** The text of each test that did not pass ({@code PlainTest.blocks}): message and stack trace. */
    Map<String, String> failures() {
        Map<String, String> failures = new TreeMap<>();
        tests().forEach((name, failure) -> {
            if (!failure.isEmpty()) {
                failures.put(name, failure);
            }
        });
        return failures;
    }

    /** All tests that ran, with an empty text for those that passed. */
    Map<String, String> tests() {
        Map<String, String> tests = new TreeMap<>();
        for (Path report : reports()) {
            NodeList cases = parse(report).getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                String type = test.getAttribute("classname");
                String name =
                        type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + test.getAttribute("name");
                tests.merge(name, failure(test), (one, other) -> one.isEmpty() ? other : one);
            }
        }
        return tests;
    }

    /** The output from the start of the tests' first JVM on. Before that, Maven's own JVM may print warnings. */
    String outputOfTests() {
        return output.substring(Math.max(0, output.indexOf(" T E S T S")));
    }

    private static String failure(Element test) {
        for (Node child = test.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals("failure") || child.getNodeName().equals("error")) {
                return child.getTextContent().isEmpty() ? child.getNodeName() : child.getTextContent();
            }
        }
        return "";
    }

    private List<Path> reports() {
        try (Stream<Path> files = Files.walk(directory.resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(describe(), e);
        }
    }

    private static Element parse(Path report) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(report + " cannot be read", e);
        }
    }

    /** For the message of an assertion. */
    public String describe() {
        return String.join(" ", command) + "\nexit code " + exitCode + "\n" + output;
    }
}
