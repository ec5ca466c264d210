package io.stallsight.engine.event;

import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.Fact;
import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.Pinned;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import jdk.jfr.Name;
import jdk.jfr.consumer.RecordedEvent;

/** Which fact is which event. */
public final class FactEvents {

    /** One kind of fact and its event. */
    record Codec<F extends Fact, E extends FactEvent<F>>(
            Class<F> fact, Class<E> event, Supplier<E> maker, Function<RecordedEvent, F> reader) {

        String name() {
            Name name = event.getAnnotation(Name.class);
            return name == null ? event.getName() : name.value();
        }
    }

    private FactEvents() {}

    /** A method and no constant: in a JVM without a recording nothing may load the classes of events. */
    static List<Codec<?, ?>> codecs() {
        return List.of(
                new Codec<>(LoopSample.class, LoopLagEvent.class, LoopLagEvent::new, LoopLagEvent::read),
                new Codec<>(Stall.class, LoopStallEvent.class, LoopStallEvent::new, LoopStallEvent::read),
                new Codec<>(
                        SelfDeadlock.class, SelfDeadlockEvent.class, SelfDeadlockEvent::new, SelfDeadlockEvent::read),
                new Codec<>(PoolSample.class, ThreadPoolEvent.class, ThreadPoolEvent::new, ThreadPoolEvent::read),
                new Codec<>(
                        PoolExhaustion.class,
                        PoolExhaustedEvent.class,
                        PoolExhaustedEvent::new,
                        PoolExhaustedEvent::read),
                new Codec<>(DownstreamSample.class, DownstreamEvent.class, DownstreamEvent::new, DownstreamEvent::read),
                new Codec<>(FanOut.class, FanOutEvent.class, FanOutEvent::new, FanOutEvent::read),
                new Codec<>(Pinned.class, PinnedEvent.class, PinnedEvent::new, PinnedEvent::read));
    }

    /** What makes a fact of a recorded event, by the name of the event. Times are nanoseconds since 1970. */
    public static Map<String, Function<RecordedEvent, ? extends Fact>> readers() {
        Map<String, Function<RecordedEvent, ? extends Fact>> readers = new LinkedHashMap<>();
        codecs().forEach(codec -> readers.put(codec.name(), codec.reader()));
        readers.put(CallEvent.NAME, CallEvent::read);
        return readers;
    }
}
