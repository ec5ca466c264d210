package io.stallsight.engine.cli;

import com.grack.nanojson.JsonStringWriter;
import com.grack.nanojson.JsonWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ps}. */
@Command(
        name = "ps",
        description = "Lists this user's JVMs, and whether Stallsight is attached to them.",
        mixinStandardHelpOptions = true)
final class PsCommand implements Callable<Integer> {

    @Option(names = "--json", description = "prints a JSON array instead of a table")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Prerequisites.module("jdk.attach");
        List<JvmRow> rows = Jvms.ofThisUser();
        if (json) {
            System.out.println(json(rows));
        } else if (rows.isEmpty()) {
            System.out.println("no other JVM of this user was found");
        } else {
            Table table = new Table(">PID", "JAVA", "STALLSIGHT", "DASHBOARD", "MAIN");
            for (JvmRow row : rows) {
                table.row(
                        Long.toString(row.pid()),
                        row.java() == null ? Cells.UNKNOWN : row.java(),
                        row.agent(),
                        row.dashboard() == null ? Cells.UNKNOWN : row.dashboard(),
                        row.main());
            }
            table.lines().forEach(System.out::println);
        }
        return 0;
    }

    private static String json(List<JvmRow> rows) {
        JsonStringWriter writer = JsonWriter.string().array();
        for (JvmRow row : rows) {
            writer.object()
                    .value("pid", row.pid())
                    .value("main", row.main())
                    .value("java", row.java())
                    .value("stallsight", row.agent())
                    .value("dashboard", row.dashboard())
                    .end();
        }
        return writer.end().done();
    }
}
