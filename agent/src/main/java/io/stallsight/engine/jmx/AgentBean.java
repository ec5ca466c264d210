package io.stallsight.engine.jmx;

import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.monitor.Stall;
import io.stallsight.hook.StallsightHook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import javax.management.StandardEmitterMBean;
import org.jspecify.annotations.Nullable;

/** The MBean. Apart from {@link JmxOutput}, as a JVM may have no module java.management. */
final class AgentBean {

    private static final String NAME = "io.stallsight:type=Agent";
    private static final String FINDING = "stallsight.finding";
    private static final String STALL = "stallsight.stall";

    private final MBeanServer server;
    private final ObjectName name;
    private final NotificationBroadcasterSupport notifications;
    private final AtomicLong sequence = new AtomicLong();

    private AgentBean(MBeanServer server, ObjectName name, NotificationBroadcasterSupport notifications) {
        this.server = server;
        this.name = name;
        this.notifications = notifications;
    }

    /** Null if the server refuses it. */
    static @Nullable AgentBean register(Object server, JmxOutput output) {
        try {
            MBeanServer of = (MBeanServer) server;
            ObjectName name = new ObjectName(NAME);
            NotificationBroadcasterSupport notifications = new NotificationBroadcasterSupport(new MBeanNotificationInfo(
                    new String[] {FINDING, STALL}, Notification.class.getName(), "What the agent finds"));
            of.registerMBean(
                    new StandardEmitterMBean(new Attributes(output), AgentMXBean.class, true, notifications), name);
            return new AgentBean(of, name, notifications);
        } catch (JMException | RuntimeException e) {
            StallsightHook.suppress(e);
            return null;
        }
    }

    void unregister() {
        try {
            server.unregisterMBean(name);
        } catch (JMException | RuntimeException e) {
            StallsightHook.suppress(e);
        }
    }

    void tell(Finding finding) {
        send(
                FINDING,
                finding.kind() + ": " + finding.api() + " blocked "
                        + finding.last().threadName() + " at " + finding.last().siteText() + ", finding "
                        + finding.fingerprint());
    }

    void tell(Stall stall) {
        send(
                STALL,
                stall.threadName() + " was late for " + stall.nanos() / 1_000_000 + " ms: " + stall.cause()
                        + (stall.site() == null ? "" : " at " + stall.siteText()));
    }

    private void send(String type, String message) {
        notifications.sendNotification(
                new Notification(type, name, sequence.incrementAndGet(), System.currentTimeMillis(), message));
    }

    /** Asked on threads of the application. */
    private record Attributes(JmxOutput output) implements AgentMXBean {

        private static final String MODE = "mode";

        @Override
        public String getMode() {
            return getSettings().getOrDefault(MODE, "");
        }

        @Override
        public void setMode(String mode) {
            set(MODE, mode);
        }

        @Override
        public Map<String, String> getSettings() {
            return output.operations().settings();
        }

        @Override
        public List<FindingData> getFindings() {
            return output.findings().all().stream()
                    .sorted(Comparator.comparingLong(Finding::totalNanos).reversed())
                    .map(FindingData::new)
                    .toList();
        }

        @Override
        public List<LoopData> getLoops() {
            List<LoopData> loops = new ArrayList<>();
            output.loops().forEach(seen -> loops.add(new LoopData(seen.sample())));
            return loops;
        }

        @Override
        public List<PoolData> getPools() {
            List<PoolData> pools = new ArrayList<>();
            output.pools().forEach(seen -> pools.add(new PoolData(seen.sample())));
            return pools;
        }

        @Override
        public long getStalls() {
            return output.stalls();
        }

        @Override
        public long getErrors() {
            return output.errors();
        }

        @Override
        public void set(String key, String value) {
            try {
                output.operations().set(key, value);
            } catch (RuntimeException e) {
                // of the JDK's own classes, since whoever asks may be in another JVM
                throw new IllegalArgumentException(e.getMessage());
            }
        }

        @Override
        public void reset() {
            output.operations().reset();
        }
    }
}
