package io.stallsight.engine.picture;

import com.grack.nanojson.JsonStringWriter;
import com.grack.nanojson.JsonWriter;
import io.stallsight.engine.fact.HookStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The agent's hooks and settings as JSON, in the shape of docs/api.md. */
public final class StateJson {

    private StateJson() {}

    public static String hooks(List<HookStatus> hooks) {
        JsonStringWriter json = JsonWriter.string().array();
        for (HookStatus hook : hooks) {
            json.object()
                    .value("hook", hook.hook())
                    .value("type", hook.type())
                    .value("state", hook.state().name())
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
