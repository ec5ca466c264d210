package io.stallsight.engine.picture;

import com.grack.nanojson.JsonStringWriter;
import com.grack.nanojson.JsonWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of the agent's state is asked for besides the picture, in the shape of docs/api.md. */
public final class StateJson {

    /** One hook. */
    public record Hook(
            String hook,
            String type,
            String state,
            @Nullable String problem) {}

    private StateJson() {}

    public static String hooks(List<Hook> hooks) {
        JsonStringWriter json = JsonWriter.string().array();
        for (Hook hook : hooks) {
            json.object()
                    .value("hook", hook.hook())
                    .value("type", hook.type())
                    .value("state", hook.state())
                    .value("problem", hook.problem())
                    .end();
        }
        return json.end().done();
    }

    /** @param changeable keys that may be changed at run time */
    public static String settings(Map<String, String> settings, Collection<String> changeable) {
        JsonStringWriter json = JsonWriter.string().object();
        settings.forEach(json::value);
        return json.array("changeable", changeable).end().done();
    }
}
