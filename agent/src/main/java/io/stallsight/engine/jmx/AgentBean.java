package io.stallsight.engine.jmx;

import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.finding.Finding;
import io.stallsight.hook.StallsightErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
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
            of.registerMBean(new Described(new Attributes(output), notifications), name);
            return new AgentBean(of, name, notifications);
        } catch (JMException | RuntimeException e) {
            StallsightErrors.suppress(e);
            return null;
        }
    }

    void unregister() {
        try {
            server.unregisterMBean(name);
        } catch (JMException | RuntimeException e) {
            StallsightErrors.suppress(e);
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

    /** With what a console shows besides the names. */
    private static final class Described extends StandardEmitterMBean {

        private static final Map<String, String> MEANING = Map.of(
                "Mode", "observe or strict",
                "Settings", "All options in force, by key",
                "Findings", "What was found, longest blocking first",
                "Loops", "Every loop, as of the last interval",
                "Pools", "Every pool, as of the last interval",
                "Stalls", "Stalls since the attach that have ended",
                "Errors", "Errors of the agent that were kept from the application",
                "set", "Changes mode, threshold.blocking, threshold.stall, allow or threads at run time",
                "reset", "Forgets all findings and history");

        Described(AgentMXBean bean, NotificationBroadcasterSupport notifications) {
            super(bean, AgentMXBean.class, true, notifications);
        }

        @Override
        protected String getDescription(MBeanInfo info) {
            return "What blocks this JVM's event loops";
        }

        @Override
        protected String getDescription(MBeanFeatureInfo info) {
            return MEANING.getOrDefault(info.getName(), info.getName());
        }

        @Override
        protected String getParameterName(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
            return sequence == 0 ? "key" : "value";
        }

        @Override
        protected String getDescription(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
            return sequence == 0 ? "an option" : "as after -javaagent:stallsight.jar=";
        }

        @Override
        protected int getImpact(MBeanOperationInfo info) {
            return MBeanOperationInfo.ACTION;
        }
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
            output.loops().forEach(sample -> loops.add(new LoopData(sample)));
            return loops;
        }

        @Override
        public List<PoolData> getPools() {
            List<PoolData> pools = new ArrayList<>();
            output.pools().forEach(sample -> pools.add(new PoolData(sample)));
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
        public void set(@Nullable String key, @Nullable String value) {
            if (key == null || value == null) {
                throw new IllegalArgumentException("set needs a key and a value");
            }
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
