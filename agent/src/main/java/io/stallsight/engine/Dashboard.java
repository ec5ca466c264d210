package io.stallsight.engine;

import io.stallsight.engine.config.ConfigException;
import io.stallsight.engine.control.Operator;
import io.stallsight.engine.fact.ObservedJvm;
import io.stallsight.engine.http.Pages;
import io.stallsight.engine.instrument.HookTable;
import io.stallsight.engine.metrics.prometheus.MetricsText;
import io.stallsight.engine.picture.Picture;
import io.stallsight.engine.picture.PictureJson;
import io.stallsight.engine.picture.PictureQuery;
import io.stallsight.engine.picture.StateJson;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the dashboard's server shows of this engine, and what it has it do. */
record Dashboard(Picture picture, HookTable hookTable, Operator operator, MetricsText texts) implements Pages {

    private static final String FILE_TIME = "yyyy-MM-dd-HHmmss";

    @Override
    public long now() {
        return picture.now();
    }

    @Override
    public String picture(int range, long since) {
        return PictureJson.of(picture, new PictureQuery(TimeUnit.SECONDS.toMillis(range), since));
    }

    @Override
    public String snapshotName() {
        return picture.view(PictureQuery.last(1), view -> snapshotName(view.process(), view.now()));
    }

    /** {@code stallsight-ShopApplication-2026-11-28-224304.html}: the service, and the time in its own zone. */
    static String snapshotName(ObservedJvm service, long now) {
        String name = service.name().replaceFirst("\\.jar$", "");
        if (name.equals(service.name())) {
            name = name.substring(name.lastIndexOf('.') + 1); // a main class
        }
        DateTimeFormatter fileTime = DateTimeFormatter.ofPattern(FILE_TIME, Locale.ROOT); // not at each start
        String time = Instant.ofEpochMilli(now).atZone(service.zoneId()).format(fileTime);
        return "stallsight-" + (name + "-" + time).replaceAll("[^A-Za-z0-9._-]+", "_") + ".html";
    }

    @Override
    public String hooks() {
        return StateJson.hooks(hookTable.statuses());
    }

    @Override
    public String config() {
        return StateJson.settings(operator.settings(), operator.changeable());
    }

    @Override
    public Metrics metrics(@Nullable String accept) {
        MetricsText.Page page = texts.page(accept);
        return new Metrics(page.contentType(), page.text());
    }

    @Override
    public void change(String key, String value) {
        try {
            operator.set(key, value);
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public void reset() {
        operator.reset();
    }
}
