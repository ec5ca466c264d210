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

/**
 * The MBean and its registration. A class of its own, so that {@link JmxOutput} also loads in a JVM without module
 * java.management.
 */
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

    /**
     * Registers the MBean.
     *
     * @param host an MBeanServer
     * @return null if the server refuses the MBean
     */
    static @Nullable AgentBean register(Object host, JmxOutput output) {
        try {
            MBeanServer server = (MBeanServer) host;
            ObjectName name = new ObjectName(NAME);
            NotificationBroadcasterSupport notifications = new NotificationBroadcasterSupport(new MBeanNotificationInfo(
                    new String[] {FINDING, STALL}, Notification.class.getName(), "New findings and ended stalls"));
            server.registerMBean(new DescribedBean(new Attributes(output), notifications), name);
            return new AgentBean(server, name, notifications);
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

    void send(Finding finding) {
        send(
                FINDING,
                finding.kind() + ": " + finding.api() + " blocked "
                        + finding.last().threadName() + " at " + finding.last().siteText() + ", finding "
                        + finding.fingerprint());
    }

    void send(Stall stall) {
        send(
                STALL,
                stall.threadName() + " was late for " + stall.nanos() / 1_000_000 + " ms: " + stall.cause()
                        + (stall.site() == null ? "" : " at " + stall.siteText()));
    }

    private void send(String type, String message) {
        notifications.sendNotification(
                new Notification(type, name, sequence.incrementAndGet(), System.currentTimeMillis(), message));
    }

    /** Adds the descriptions that a console shows. */
    private static final class DescribedBean extends StandardEmitterMBean {

        private static final Map<String, String> DESCRIPTIONS = Map.of(
                "Mode", "observe or strict",
                "Settings", "Effective values of all options, by key",
                "Findings", "All findings, ordered by their total blocking time, longest first",
                "Loops", "All loops, with values of the last interval",
                "Pools", "All pools, with values of the last interval",
                "Stalls", "Number of stalls that have ended since the agent was attached",
                "Errors", "Number of internal errors of the agent that were kept away from the application",
                "set", "Changes mode, threshold.blocking, threshold.stall, allow or threads at run time",
                "reset", "Deletes all findings and history");

        DescribedBean(AgentMXBean bean, NotificationBroadcasterSupport notifications) {
            super(bean, AgentMXBean.class, true, notifications);
        }

        @Override
        protected String getDescription(MBeanInfo info) {
            return "What blocks this JVM's event loops";
        }

        @Override
        protected String getDescription(MBeanFeatureInfo info) {
            return DESCRIPTIONS.getOrDefault(info.getName(), info.getName());
        }

        @Override
        protected String getParameterName(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
            return sequence == 0 ? "key" : "value";
        }

        @Override
        protected String getDescription(MBeanOperationInfo operation, MBeanParameterInfo parameter, int sequence) {
            return sequence == 0 ? "key of an option" : "value, as in the arguments of -javaagent:stallsight.jar";
        }

        @Override
        protected int getImpact(MBeanOperationInfo info) {
            return MBeanOperationInfo.ACTION;
        }
    }

    /** The attributes and operations. Clients call them on threads of the application. */
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
                throw new IllegalArgumentException("set needs two arguments, key and value");
            }
            try {
                output.operations().set(key, value);
            } catch (RuntimeException e) {
                // A JDK exception without a cause: a remote client cannot deserialize the engine's exceptions.
                throw new IllegalArgumentException(e.getMessage());
            }
        }

        @Override
        public void reset() {
            output.operations().reset();
        }
    }
}
