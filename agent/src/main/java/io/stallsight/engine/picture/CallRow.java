package io.stallsight.engine.picture;

import java.util.List;

/**
 * One blocking call.
 *
 * @param time of its end, milliseconds since 1970
 * @param nanos how long it took; 0 if it was refused
 * @param site {@code class.method(File.java:57)}
 * @param allow the value of option {@code allow} that would allow it
 * @param stack innermost frame first, each like {@code site}
 */
public record CallRow(
        long time,
        long nanos,
        String kind,
        String api,
        String detail,
        String site,
        String group,
        String thread,
        String fingerprint,
        String fix,
        String allow,
        List<String> stack) {}
