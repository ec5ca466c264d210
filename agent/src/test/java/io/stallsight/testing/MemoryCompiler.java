package io.stallsight.testing;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources into class files that never touch the disk. */
public final class MemoryCompiler {

    private MemoryCompiler() {}

    /**
     * @param sources one compilation unit each, in package {@code app} or another one
     * @return class files by class name with dots
     */
    public static Map<String, byte[]> compile(String... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
        try (Output output = new Output(standard)) {
            List<JavaFileObject> units = new ArrayList<>();
            for (String source : sources) {
                units.add(new Source(source));
            }
            List<String> options = List.of("--release", "17", "-proc:none");
            if (!compiler.getTask(problems, output, null, options, null, units).call()) {
                throw new IllegalArgumentException(problems.toString());
            }
            Map<String, byte[]> classes = new HashMap<>();
            output.classes.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("memory:///" + fileName(text)), Kind.SOURCE);
            this.text = text;
        }

        /** A public top-level type has to be in a file of its name. */
        private static String fileName(String text) {
            java.util.regex.Matcher name = java.util.regex.Pattern.compile(
                            "public (?:final |abstract )?(?:class|interface) (\\w+)")
                    .matcher(text);
            return (name.find() ? name.group(1) : "Snippet" + Math.abs((long) text.hashCode())) + ".java";
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

        Output(JavaFileManager next) {
            super(next);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            URI uri = URI.create("memory:///" + className.replace('.', '/') + kind.extension);
            return new SimpleJavaFileObject(uri, kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    classes.put(className, bytes);
                    return bytes;
                }
            };
        }
    }
}
