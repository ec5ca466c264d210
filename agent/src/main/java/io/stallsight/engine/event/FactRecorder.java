package io.stallsight.engine.event;

import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.Lasting;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Commits facts as JFR events, on threads of the agent. Before {@link #register} it does nothing and touches no class
 * of an event: that would initialise JFR in a JVM in which nobody records.
 */
public final class FactRecorder implements FactListener {

    private final LongFunction<@Nullable Thread> threads;
    private volatile Map<Class<?>, Writer<?, ?>> writers = Map.of();

    /** @param threads the live thread with an id; null if it has ended */
    public FactRecorder(LongFunction<@Nullable Thread> threads) {
        this.threads = threads;
    }

    public void register() {
        Map<Class<?>, Writer<?, ?>> registered = new HashMap<>();
        for (FactEvents.Codec<?, ?> codec : FactEvents.codecs()) {
            FlightRecorder.register(codec.event());
            registered.put(codec.fact(), Writer.of(codec));
        }
        writers = registered;
    }

    public void unregister() {
        writers = Map.of();
        FactEvents.codecs().forEach(codec -> FlightRecorder.unregister(codec.event()));
    }

    @Override
    public void observed(Fact fact) {
        Writer<?, ?> writer = writers.get(fact.getClass());
        if (writer != null) {
            writer.write(fact, threads);
        }
    }

    /** @param times null for a fact that does not last: its event has the time of its commit */
    private record Writer<F extends Fact, E extends FactEvent<F>>(
            FactEvents.Codec<F, E> codec, @Nullable EventTimes times) {

        static <F extends Fact, E extends FactEvent<F>> Writer<F, E> of(FactEvents.Codec<F, E> codec) {
            boolean lasts = Lasting.class.isAssignableFrom(codec.fact());
            return new Writer<>(codec, lasts ? new EventTimes(codec.event()) : null);
        }

        void write(Fact fact, LongFunction<@Nullable Thread> threads) {
            E event = codec.maker().get();
            if (!event.isEnabled()) {
                return;
            }
            if (times != null && fact instanceof Lasting lasting) {
                times.set(event, lasting.start(), lasting.nanos());
            }
            event.fill(codec.fact().cast(fact), threads);
            event.commit();
        }
    }
}
