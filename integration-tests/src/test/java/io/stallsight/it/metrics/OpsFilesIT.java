package io.stallsight.it.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Grafana and Prometheus accept their files. */
class OpsFilesIT {

    @Test
    void dashboard_fitsGrafanasSchema() throws Exception {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(Files.readString(Path.of("src/test/resources/grafana/dashboard.schema.json")));

        assertThat(schema.validate(new ObjectMapper().readTree(OpsFiles.DASHBOARD.toFile())))
                .isEmpty();
        assertThat(OpsFiles.queries()).hasSizeGreaterThan(15);
    }

    @Test
    void rules_arePromtoolsFormat_andPassTheirTests() throws Exception {
        Prometheus.assumeInstalled();
        promtool("check", "rules", Prometheus.RULES.toString());
        promtool(
                "test",
                "rules",
                Prometheus.RULES.resolveSibling("rules_test.yml").toString());
    }

    private static void promtool(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("promtool");
        builder.command().addAll(java.util.List.of(arguments));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
