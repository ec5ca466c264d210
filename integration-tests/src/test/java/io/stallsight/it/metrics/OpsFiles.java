package io.stallsight.it.metrics;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files in {@code ops}. */
final class OpsFiles {

    static final Path DASHBOARD = Path.of("../ops/grafana/stallsight.json");

    /** Metrics, but not the recorded ones, which have colons around their names. */
    private static final Pattern METRIC = Pattern.compile("(?<![\\w:])stallsight_[a-z_]+(?![\\w:])");

    private OpsFiles() {}

    /** The queries of the dashboard by the title of their panel; each variable matches everything. */
    static Map<String, String> queries() throws IOException, JsonParserException {
        Map<String, String> queries = new TreeMap<>();
        JsonArray panels = JsonParser.object().from(Files.readString(DASHBOARD)).getArray("panels");
        for (Object each : panels) {
            JsonObject panel = (JsonObject) each;
            for (Object target : panel.getArray("targets", new JsonArray())) {
                JsonObject query = (JsonObject) target;
                String expression = query.getString("expr")
                        .replace("$__rate_interval", "1m")
                        .replaceAll("\\$(job|version|instance)", ".*");
                queries.put(panel.getString("title") + " " + query.getString("refId"), expression);
            }
        }
        return queries;
    }

    /** Names of all metrics in the queries of rules and dashboard. */
    static Set<String> metrics() throws IOException, JsonParserException {
        Set<String> names = new TreeSet<>();
        String rules = Files.readString(Prometheus.RULES).replaceAll("(?m)^ *#.*$", "");
        Matcher found = METRIC.matcher(rules + String.join("\n", queries().values()));
        while (found.find()) {
            names.add(found.group());
        }
        return names;
    }
}
