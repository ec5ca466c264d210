package io.stallsight.engine.stack;

import io.stallsight.engine.memory.BoundedMap;
import java.util.ArrayList;
import java.util.List;

/** Gives frames in inlined code the line of the call, see {@link SourceMap}. Thread-safe. */
public final class InlinedLines {

    private static final int MAX_CLASSES = 4_000;

    private static final String SAMPLE = "SMAP\nA.kt\nKotlin\n*S KotlinDebug\n*F\n+ 1 A.kt\nA\n*L\n1#1,2:3,4\n*E\n";

    private final BoundedMap<String, SourceMap> maps = new BoundedMap<>(MAX_CLASSES);

    /** Reads a map, so that all classes that {@link #loading} needs are loaded. */
    public InlinedLines() {
        loading("sample.A", SAMPLE);
        maps.clear();
    }

    /**
     * The JVM loads a class; called on the loading thread.
     *
     * @param sourceMap its attribute {@code SourceDebugExtension}
     */
    public void loading(String className, String sourceMap) {
        SourceMap map = SourceMap.parse(sourceMap);
        if (map != null) {
            maps.putIfAbsent(className, map);
        }
    }

    /** The frame with a line that stands in its file, as far as it is known. */
    StackTraceElement inFile(StackTraceElement frame) {
        SourceMap map = frame.getLineNumber() > 0 ? maps.get(frame.getClassName()) : null;
        int line = map == null ? 0 : map.lineOf(frame.getLineNumber());
        return line == 0
                ? frame
                : new StackTraceElement(
                        frame.getClassLoaderName(),
                        frame.getModuleName(),
                        frame.getModuleVersion(),
                        frame.getClassName(),
                        frame.getMethodName(),
                        frame.getFileName(),
                        line);
    }

    List<StackTraceElement> inFiles(List<StackTraceElement> stack) {
        if (maps.size() == 0) {
            return stack;
        }
        List<StackTraceElement> inFiles = new ArrayList<>(stack.size());
        for (StackTraceElement frame : stack) {
            inFiles.add(inFile(frame));
        }
        return inFiles;
    }
}
