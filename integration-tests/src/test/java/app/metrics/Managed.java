package app.metrics;

import app.SelectorLoop;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import javax.management.Attribute;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.MBeanServerNotification;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/** A service that uses the agent over JMX, and prints what it reads there. */
public final class Managed {

    private Managed() {}

    public static void main(String[] args) throws Exception {
        ObjectName agent = new ObjectName("io.stallsight:type=Agent");
        try (SelectorLoop loop = new SelectorLoop("orders-loop-1")) {
            loop.run(() -> Thread.sleep(150));
            System.out.println(
                    "SERVERS " + MBeanServerFactory.findMBeanServer(null).size());
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            awaitRegistered(server, agent);
            LinkedBlockingQueue<Notification> notifications = new LinkedBlockingQueue<>();
            server.addNotificationListener(
                    agent, (notification, handback) -> notifications.add(notification), null, null);
            loop.run(() -> Thread.sleep(150));
            Object other = loop.call(Managed::blockElsewhere);
            System.out.println("BLOCKED " + other);
            boolean finding = false;
            boolean stall = false;
            while (!finding || !stall) {
                Notification notification = notifications.take();
                finding |= notification.getMessage().contains("blockElsewhere");
                stall |= notification.getType().equals("stallsight.stall");
                System.out.println("NOTIFICATION " + notification.getType() + " " + notification.getMessage());
            }
            for (Object each : (CompositeData[]) server.getAttribute(agent, "Findings")) {
                CompositeData data = (CompositeData) each;
                System.out.println("FINDING " + data.get("api") + " " + data.get("site") + " " + data.get("count"));
            }
            for (Object each : (CompositeData[]) server.getAttribute(agent, "Loops")) {
                System.out.println("LOOP " + ((CompositeData) each).get("name"));
            }
            System.out.println("STALLS " + server.getAttribute(agent, "Stalls"));
            server.setAttribute(agent, new Attribute("Mode", "strict"));
            System.out.println("MODE " + server.getAttribute(agent, "Mode"));
            System.out.println("STRICT " + failure(() -> loop.run(() -> Thread.sleep(1))));
            server.setAttribute(agent, new Attribute("Mode", "observe"));
            System.out.println("REFUSED "
                    + failure(() ->
                            server.invoke(agent, "set", new Object[] {"threshold.blocking", "fast"}, new String[] {
                                String.class.getName(), String.class.getName()
                            })));
            String string = String.class.getName();
            System.out.println("REFUSED "
                    + failure(() ->
                            server.invoke(agent, "set", new Object[] {null, null}, new String[] {string, string})));
            for (MBeanOperationInfo operation : server.getMBeanInfo(agent).getOperations()) {
                System.out.println(
                        "OPERATION " + operation.getName() + parameters(operation) + " " + operation.getDescription());
            }
            server.invoke(agent, "reset", null, null);
            System.out.println("LEFT " + ((Object[]) server.getAttribute(agent, "Findings")).length);
        }
    }

    private static List<String> parameters(MBeanOperationInfo operation) {
        return Arrays.stream(operation.getSignature())
                .map(MBeanParameterInfo::getName)
                .toList();
    }

    private static String blockElsewhere() throws InterruptedException {
        Thread.sleep(20);
        return "elsewhere";
    }

    private static void awaitRegistered(MBeanServer server, ObjectName agent) throws Exception {
        LinkedBlockingQueue<ObjectName> registered = new LinkedBlockingQueue<>();
        server.addNotificationListener(
                new ObjectName("JMImplementation:type=MBeanServerDelegate"),
                (notification, handback) -> registered.add(((MBeanServerNotification) notification).getMBeanName()),
                null,
                null);
        while (!server.isRegistered(agent)) {
            registered.take();
        }
    }

    private static String failure(SelectorLoop.Task task) {
        try {
            task.run();
            return "nothing";
        } catch (Throwable t) {
            Throwable cause = t;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause.getClass().getSimpleName() + " "
                    + cause.getMessage().lines().findFirst().orElse("");
        }
    }
}
