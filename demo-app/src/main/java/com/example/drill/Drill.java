package com.example.drill;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The main program: starts the shop under Stallsight, drives each mode and its twin, and prints the results. */
public final class Drill {
    private static final int USAGE = 2;

    /** Events arrive after about a second; on a busy machine, after several. */
    private static final Duration SETTLE_TIMEOUT = Duration.ofSeconds(15);

    /** For an event that JFR gets late, such as that of a wait for a monitor. */
    private static final Duration LATE_TIMEOUT = Duration.ofSeconds(5);

    private static final int WARM_UP_USERS = 4;

    private final Options options;
    private final Style style;
    private final PrintStream out;
    private final Marks marks = new Marks();

    private Drill(Options options, Style style) {
        this.options = options;
        this.style = style;
        this.out = style.out();
    }

    /**
     * The exit code is 0 if each expected mode was flagged at its line and no twin was flagged, 1 if not, and 2 if the
     * command line is wrong.
     */
    public static void main(String[] arguments) throws InterruptedException {
        Style style = Style.of(System.getenv());
        try {
            Options options = Options.parse(arguments);
            if (options.stopWithParent()) {
                stopWithParent();
            }
            System.exit(new Drill(options, style).run());
        } catch (IllegalArgumentException e) {
            System.err.println("drill: " + e.getMessage());
            System.exit(USAGE);
        } catch (IOException e) {
            System.err.println("drill: " + e.getMessage());
            System.exit(1);
        }
    }

    /** Needed in a build: when a build is killed, the programs that it has started continue to run. */
    private static void stopWithParent() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            Thread watch = new Thread(
                    () -> {
                        parent.onExit().join();
                        System.exit(1);
                    },
                    "drill-parent");
            watch.setDaemon(true);
            watch.start();
        });
    }

    private int run() throws IOException, InterruptedException {
        Instant start = Instant.now();
        try (Shop shop = Shop.start(options)) {
            announce(shop);
            shop.awaitHealthy();
            ServiceLog.read(shop.log()).startMessages().forEach(line -> out.println("   " + line));
            int modes = options.selectedModes().size();
            out.println(" It listens. Driving "
                    + (modes == 1 ? "one mode and its twin, " : modes + " modes and their twins, ")
                    + options.phase().toSeconds() + " s each, with /hello probed 100 times a second beside them.");
            try (Calls calls = Calls.follow(shop.jfrRepository(), start)) {
                boolean good = drill(shop, calls);
                if (!options.once()) {
                    stayUp(shop, calls);
                }
                return good ? 0 : 1;
            }
        }
    }

    private void announce(Shop shop) {
        out.println();
        out.println(" Stallsight demo: a WebFlux shop with two event loops, wrong and right side by side");
        out.println(
                "   service  " + shop.uri() + "  on Java " + Runtime.version().feature());
        out.println("   agent    "
                + options.agent().map(Object::toString).orElse("none: the service runs bare, nothing can be flagged"));
        if (options.agent().isPresent()) {
            out.println("   watch    " + style.good(shop.dashboard().toString())
                    + "  the dashboard: what blocks, while the drill runs");
        }
        out.println("   log      " + shop.log());
        out.println();
    }

    private boolean drill(Shop shop, Calls calls) throws IOException, InterruptedException {
        Table table = new Table(out, style, options.agent().isPresent());
        List<Row> rows = new ArrayList<>();
        try (Driver driver = new Driver(shop.uri(), options.phase())) {
            driver.drive(Mode.Neighbours.HELLO, WARM_UP_USERS, Mode.Neighbours.HELLO);
            table.header();
            for (Mode mode : options.selectedModes()) {
                Phase wrong = driver.drive(
                        mode.wrong(), mode.concurrency(), mode.neighbours().wrong());
                Phase right = driver.drive(
                        mode.right(), mode.concurrency(), mode.neighbours().right());
                Row row = settled(mode, wrong, right, calls);
                table.row(row);
                rows.add(row);
            }
        }
        table.footer();
        boolean good = verdict(rows, table, calls);
        sample(shop);
        return good;
    }

    /** Waits for the events first. Without them a flagged mode would count as missed, and a flagged twin as clean. */
    private Row settled(Mode mode, Phase wrong, Phase right, Calls calls) throws InterruptedException {
        if (options.agent().isPresent()) {
            calls.awaitSettled(calls.flushes(), SETTLE_TIMEOUT);
            if (mode.isRequired()) {
                calls.await(call -> isExpected(call, mode), LATE_TIMEOUT);
            }
        }
        return Row.of(mode, wrong, right, calls.matching(call -> true), marks);
    }

    private boolean isExpected(Finding call, Mode mode) {
        Mode.SeenBy expected = mode.seenBy();
        boolean isAtTheLine = call.parsedSite()
                .flatMap(marks::modeAt)
                .filter(mode.name()::equals)
                .isPresent();
        if (expected.type() == Finding.Type.BLOCKING_CALL) {
            return isAtTheLine;
        }
        return call.type() == expected.type()
                && expected.isCause(call.cause())
                && expected.isSite(call.site())
                && (isAtTheLine || !mode.isMarked());
    }

    private boolean verdict(List<Row> rows, Table table, Calls calls) {
        long required = rows.stream().filter(row -> row.mode().isRequired()).count();
        long seen = rows.stream()
                .filter(row -> row.mode().isRequired() && row.isSeen())
                .count();
        long unclean = rows.stream().filter(row -> !row.isTwinClean()).count();
        boolean good = options.agent().isPresent() && rows.stream().allMatch(Row::isGood);
        String sentence = " " + seen + " of " + required + " modes reported with the right line or cause, " + unclean
                + " of " + rows.size() + " twins flagged.";
        out.println();
        out.println(good ? style.good(sentence) : style.bad(sentence));
        table.details("outside of any mode:", calls.matching(call -> isOutside(call, rows)));
        return good;
    }

    private boolean isOutside(Finding call, List<Row> rows) {
        return call.type() == Finding.Type.BLOCKING_CALL
                && call.parsedSite().flatMap(marks::modeAt).isEmpty()
                && rows.stream()
                        .noneMatch(row -> row.wrong().contains(call.start())
                                || row.right().contains(call.start()));
    }

    private void sample(Shop shop) throws IOException {
        List<String> report = ServiceLog.read(shop.log()).firstReport();
        if (!report.isEmpty()) {
            out.println();
            out.println(" In the service's own log, the first of them reads:");
            report.forEach(line -> out.println(style.faint("   " + line)));
            out.println(style.faint("             ..."));
        }
    }

    private void stayUp(Shop shop, Calls calls) throws InterruptedException {
        out.println();
        out.println(" The service stays up until Ctrl-C. Watch it at " + shop.dashboard()
                + " and try, in another terminal:");
        out.println("   curl " + shop.uri() + "/hello");
        out.println("   curl " + shop.uri() + "/modes/jdbc/wrong");
        out.println("   curl " + shop.uri() + "/modes/jdbc/right");
        out.println("   curl " + shop.uri() + "/orders/1");
        out.println(" Every blocking call from here on, about a second after the fact:");
        calls.listen(call -> out.println("   " + live(call)));
        shop.awaitEnd();
        out.println(" The service has ended; see " + shop.log());
    }

    private static String live(Finding call) {
        LocalTime time =
                LocalTime.ofInstant(call.start(), ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        return DateTimeFormatter.ISO_LOCAL_TIME.format(time) + "  " + call.api() + " at " + call.site() + ", "
                + Text.millis(call.duration()) + ", on " + call.thread();
    }
}
