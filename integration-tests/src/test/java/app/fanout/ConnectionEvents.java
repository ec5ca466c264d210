package app.fanout;

import java.net.InetSocketAddress;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;

/** Prints the agent's events of held connections: waits until the events have all of them, then closes them. */
final class ConnectionEvents {

    private static final String DOWNSTREAM = "stallsight.Downstream";
    private static final String FAN_OUT = "stallsight.FanOut";

    private ConnectionEvents() {}

    static Seen events() {
        return Seen.events(DOWNSTREAM, FAN_OUT);
    }

    static void print(Seen seen, InetSocketAddress address, List<? extends AutoCloseable> connections)
            throws Exception {
        RecordedEvent full =
                seen.await(event -> isOf(address, event) && event.getInt("inFlight") == connections.size());
        System.out.println("PEAK " + full.getInt("peak") + " of " + full.getInt("highWater"));
        for (AutoCloseable connection : connections) {
            connection.close();
        }
        RecordedEvent none = seen.awaitAfter(full, event -> isOf(address, event) && event.getInt("inFlight") == 0);
        System.out.println("LEFT " + none.getInt("inFlight") + ", failed " + none.getLong("failed"));
        for (RecordedEvent event : seen.all(FAN_OUT)) {
            System.out.println("FANOUT " + event.getInt("inFlight") + " of " + event.getInt("highWater") + " at "
                    + Seen.text(event, "site"));
        }
    }

    private static boolean isOf(InetSocketAddress address, RecordedEvent event) {
        return event.getEventType().getName().equals(DOWNSTREAM)
                && Seen.text(event, "name").endsWith(":" + address.getPort());
    }
}
