package io.stallsight.engine.metrics.otlp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The resource of an OTLP request: the attributes that identify this JVM to the collector. */
final class OtlpResource {

    private OtlpResource() {}

    /**
     * Reads {@code OTEL_RESOURCE_ATTRIBUTES} and {@code OTEL_SERVICE_NAME}, as the <a
     * href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/">specification of the
     * variables</a> defines them. Without them, the service is {@code unknown_service:java}. The instance id is random.
     */
    static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("service.name", "unknown_service:java");
        attributes.put("service.instance.id", UUID.randomUUID().toString());
        for (String pair :
                environment.getOrDefault("OTEL_RESOURCE_ATTRIBUTES", "").split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                attributes.put(
                        pair.substring(0, equals).trim(),
                        pair.substring(equals + 1).trim());
            }
        }
        String name = environment.getOrDefault("OTEL_SERVICE_NAME", "");
        if (!name.isBlank()) {
            attributes.put("service.name", name);
        }
        return attributes;
    }
}
