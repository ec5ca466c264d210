package io.stallsight.bench;

import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Jdks;
import io.stallsight.it.requests.Protocol;
import io.stallsight.it.requests.RequestTruth;
import io.stallsight.it.requests.RequestVerdict;
import io.stallsight.it.requests.TaggedService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;

/**
 * Tagged requests on each framework, transport, version of HTTP and JDK: which blocked and which waited, by the agent
 * and in truth. Prints a table, and what was wrong.
 */
final class RequestLab {

    private static final int BLOCKING = 50;
    private static final int QUICK_BLOCKING = 10;

    private final BenchOptions options;
    private final StringBuilder report = new StringBuilder();

    RequestLab(BenchOptions options) {
        this.options = options;
    }

    /** Returns false if a name or a trace was wrong. */
    boolean run() throws Exception {
        boolean good = true;
        print("| framework | " + RequestVerdict.title());
        print("|---|" + "---:|".repeat(RequestVerdict.title().split("\\|").length));
        StringBuilder details = new StringBuilder();
        for (TaggedService service : TaggedService.ALL) {
            if (!options.wants(service.name())) {
                continue;
            }
            for (Protocol protocol : service.protocols()) {
                for (String transport : TaggedService.TRANSPORTS) {
                    for (Jdk jdk : Jdks.found()) {
                        String what = "%s, %s, %s, JDK %d"
                                .formatted(
                                        service.name(),
                                        protocol.name().toLowerCase(Locale.ROOT),
                                        transport,
                                        jdk.feature());
                        RequestVerdict verdict = RequestTruth.run(
                                service,
                                protocol,
                                transport,
                                jdk,
                                options.quick() ? QUICK_BLOCKING : BLOCKING,
                                RequestTruth.WARM_UP);
                        print("| " + what + " | " + verdict.row());
                        details.append('\n')
                                .append(what)
                                .append('\n')
                                .append(verdict.describe())
                                .append('\n');
                        good &= verdict.wrong().isEmpty();
                    }
                }
            }
        }
        print(details.toString());
        Files.createDirectories(options.output());
        Files.writeString(options.output().resolve("requests.md"), report, StandardCharsets.UTF_8);
        return good;
    }

    private void print(String line) {
        System.out.println(line);
        report.append(line).append('\n');
    }
}
