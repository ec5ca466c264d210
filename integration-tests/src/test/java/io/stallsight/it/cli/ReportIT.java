package io.stallsight.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Jdks;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import io.stallsight.it.harness.RunningJvm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.io.TempDir;

/** Reports of recordings, read by the same JDK and by another one. */
class ReportIT {

    private static final Pattern FINGERPRINT = Pattern.compile("finding {2}(\\p{XDigit}{10})");

    private static final Pattern COUNT = Pattern.compile("\"thread\":\"[^\"]*\",\"count\":(\\d+)");

    @EachJdk(crossed = true)
    void recordings_withAndWithoutTheAgent_nameTheSameFindings(Jdk jdk) {
        Path with = record(service(jdk).agent());
        Path without = record(service(jdk));

        for (Jdk reader : Jdks.found()) {
            Outcome full = CommandLineIT.run(reader, "report", with.toString())
                    .exited(1)
                    .unharmed()
                    .silent();
            Outcome less = CommandLineIT.run(reader, "report", without.toString())
                    .exited(1)
                    .unharmed()
                    .silent();

            assertThat(full.stdout().get(0)).startsWith("BAD  nioEventLoopGroup was late: p99 ");
            assertThat(less.stdout().get(0)).startsWith("BAD  nioEventLoopGroup was late for ");
            for (Outcome each : new Outcome[] {full, less}) {
                assertThat(text(each))
                        .contains("SLEEP: Thread.sleep blocked nioEventLoopGroup-#-#")
                        .contains("app.cli.SlowService.sleep(SlowService.java:")
                        .contains("MONITOR: synchronized blocked nioEventLoopGroup-#-#")
                        .contains("held by holder", "app.cli.SlowService.queue(SlowService.java:");
            }
            assertThat(fingerprints(full)).containsAll(fingerprints(less));
            assertThat(text(less)).contains("recorded without Stallsight");
            assertThat(text(full)).doesNotContain("recorded without Stallsight");
        }
    }

    @EachJdk
    void json_isThePictureOfARecording(Jdk jdk) {
        Path recording = record(service(jdk).agent());

        Outcome json = CommandLineIT.run(jdk, "report", recording.toString(), "--json")
                .exited(1)
                .silent();

        assertThat(json.stdout()).hasSize(1);
        assertThat(json.stdout().get(0))
                .startsWith("{\"api\":1,\"source\":\"recording\"")
                .contains("\"verdict\":{\"level\":\"bad\"", "\"id\":\"nioEventLoopGroup-");
    }

    @EachJdk
    void html_isOneFileWithThePictureInIt(Jdk jdk, @TempDir Path folder) throws IOException {
        Path recording = record(service(jdk).agent());
        Path page = folder.resolve("out.html");

        CommandLineIT.run(jdk, "report", recording.toString(), "--html", page.toString())
                .exited(1)
                .silent();

        assertThat(Files.readString(page))
                .startsWithIgnoringCase("<!doctype html>")
                .contains("{\"api\":1,\"source\":\"recording\"")
                .doesNotContain("<link rel=\"stylesheet\"", "<script src=");
        assertThat(CommandLineIT.mistake(CommandLineIT.run(
                        jdk,
                        "report",
                        recording.toString(),
                        "--html",
                        folder.resolve("none/out.html").toString())))
                .contains("cannot be written");
    }

    @EachJdk
    void recording_thatIsCutOrDamagedOrStillWritten_isRefused(Jdk jdk, @TempDir Path folder) throws IOException {
        Path recording = record(service(jdk).agent());
        byte[] bytes = Files.readAllBytes(recording);
        Path cut = Files.write(folder.resolve("cut.jfr"), Arrays.copyOf(bytes, bytes.length / 2));
        Path damaged = Files.write(folder.resolve("damaged.jfr"), bytes);
        try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
            file.seek(24); // the offset of the metadata
            file.writeLong(77);
        }
        Path unfinished = Files.write(folder.resolve("unfinished.jfr"), bytes);
        try (RandomAccessFile file = new RandomAccessFile(unfinished.toFile(), "rw")) {
            file.seek(64); // the chunk's state
            file.writeByte(1);
        }

        assertThat(CommandLineIT.mistake(CommandLineIT.run(jdk, "report", cut.toString())))
                .contains("is cut");
        assertThat(CommandLineIT.mistake(CommandLineIT.run(jdk, "report", damaged.toString())))
                .contains("is damaged");
        assertThat(CommandLineIT.mistake(CommandLineIT.run(jdk, "report", unfinished.toString())))
                .contains("is not complete");
    }

    @EachJdk
    void recording_thatWasDumpedOntoItsOwnFile_countsEachEventOnce(Jdk jdk) {
        ForkedJvm jvm = recorded(service(jdk).agent());
        Path recording = jvm.directory().resolve("any.jfr");
        try (RunningJvm service = jvm.start()) {
            service.awaitLine("READY");
            service.awaitLine("ROUND", 2);
            service.jcmd("JFR.dump filename=" + recording);
            service.awaitLine("ROUND", 3);
            service.sendLine("end");
            service.awaitExit().healthy();
        }
        List<RecordedEvent> calls = Recordings.events(recording, "stallsight.BlockingCall");
        long distinct = calls.stream()
                .map(call -> call.getStartTime() + call.getString("fingerprint"))
                .distinct()
                .count();

        Outcome json = CommandLineIT.run(jdk, "report", recording.toString(), "--json")
                .exited(1)
                .silent();

        assertThat((long) calls.size()).as("JFR itself has events twice").isGreaterThan(distinct);
        assertThat(COUNT.matcher(text(json))
                        .results()
                        .mapToLong(count -> Long.parseLong(count.group(1)))
                        .sum())
                .isEqualTo(distinct);
    }

    private static ForkedJvm service(Jdk jdk) {
        return ForkedJvm.of(jdk, "app.cli.SlowService")
                .classPath(ClassPath.programs().withLibs("netty-4.1"))
                .quietFramework();
    }

    /** With the JDK's default settings. */
    private static Path record(ForkedJvm jvm) {
        Path recording = jvm.directory().resolve("any.jfr");
        try (RunningJvm service = recorded(jvm).start()) {
            service.awaitLine("READY");
            service.awaitLine("ROUND", 4);
            service.sendLine("end");
            service.awaitExit().healthy();
            return recording;
        }
    }

    private static ForkedJvm recorded(ForkedJvm jvm) {
        return jvm.options("-Xlog:disable", "-Xlog:all=warning:stderr") // JFR prints on stdout that it started
                .options(
                        "-XX:StartFlightRecording=filename=" + jvm.directory().resolve("any.jfr") + ",dumponexit=true");
    }

    private static String text(Outcome outcome) {
        return String.join("\n", outcome.stdout());
    }

    /** One for each finding; the service has two. */
    private static List<String> fingerprints(Outcome outcome) {
        List<String> found = FINGERPRINT
                .matcher(text(outcome))
                .results()
                .map(finding -> finding.group(1))
                .toList();
        assertThat(found).as(outcome::describe).hasSizeGreaterThanOrEqualTo(2);
        return found;
    }
}
