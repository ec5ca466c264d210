package io.stallsight.engine.metrics.otlp;

import io.stallsight.engine.config.AgentVersion;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * The resource of an OTLP request: the attributes that identify this JVM to the collector, by the names of
 * OpenTelemetry's <a href="https://opentelemetry.io/docs/specs/semconv/resource/">semantic conventions</a>.
 */
final class OtlpResource {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private OtlpResource() {}

    /**
     * What this JVM knows of itself, then {@code OTEL_RESOURCE_ATTRIBUTES} and {@code OTEL_SERVICE_NAME}, as the <a
     * href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/">specification of the
     * variables</a> defines them. Values are texts or whole numbers. Without them, the service is
     * {@code unknown_service:java}. The instance id is random.
     */
    static Map<String, Object> of(Map<String, String> environment) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("service.name", "unknown_service:java");
        attributes.put("service.instance.id", UUID.randomUUID().toString());
        attributes.put("telemetry.sdk.name", "stallsight");
        attributes.put("telemetry.sdk.language", "java");
        attributes.put("telemetry.sdk.version", AgentVersion.text());
        putHost(attributes, environment);
        putProcess(attributes);
        for (String pair :
                environment.getOrDefault("OTEL_RESOURCE_ATTRIBUTES", "").split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                attributes.put(
                        decoded(pair.substring(0, equals).trim()),
                        decoded(pair.substring(equals + 1).trim()));
            }
        }
        String name = environment.getOrDefault("OTEL_SERVICE_NAME", "");
        if (!name.isBlank()) {
            attributes.put("service.name", name);
        }
        return attributes;
    }

    private static void putHost(Map<String, Object> attributes, Map<String, String> environment) {
        String host = hostName(environment);
        if (!host.isEmpty()) {
            attributes.put("host.name", host);
        }
        String architecture = System.getProperty("os.arch", "");
        attributes.put("host.arch", architecture.equals("aarch64") ? "arm64" : architecture);
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        attributes.put(
                "os.type", system.startsWith("mac") ? "darwin" : system.startsWith("windows") ? "windows" : system);
    }

    /** The name service is not asked: it may take long. */
    private static String hostName(Map<String, String> environment) {
        try {
            if (Files.isReadable(HOST_NAME)) {
                return Files.readString(HOST_NAME).trim();
            }
        } catch (IOException notThisTime) {
            // the variables may have it
        }
        return environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", ""));
    }

    private static void putProcess(Map<String, Object> attributes) {
        attributes.put("process.pid", ProcessHandle.current().pid());
        attributes.put("process.runtime.name", System.getProperty("java.runtime.name", ""));
        attributes.put("process.runtime.version", System.getProperty("java.runtime.version", ""));
        attributes.put(
                "process.runtime.description",
                System.getProperty("java.vm.vendor", "") + " " + System.getProperty("java.vm.name", "") + " "
                        + System.getProperty("java.vm.version", ""));
    }

    /** Of percent-encoded text, in which a plus is a plus; a text that is not encoded well stays as it is. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
