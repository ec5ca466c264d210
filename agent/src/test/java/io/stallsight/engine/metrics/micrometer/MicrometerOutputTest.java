package io.stallsight.engine.metrics.micrometer;

import static io.stallsight.engine.metrics.MetricsFixture.loop;
import static io.stallsight.engine.metrics.MetricsFixture.stall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.stallsight.engine.metrics.MetricsFixture;
import io.stallsight.engine.metrics.Series;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.testing.Calls;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MicrometerOutputTest {

    private final long errorsBefore = StallsightErrors.suppressed(); // other tests in this JVM may have counted some
    private final MetricsFixture fixture = new MetricsFixture("");
    private final MicrometerOutput output = new MicrometerOutput(fixture.metrics);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private static long own(MeterRegistry in) {
        return in.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("stallsight."))
                .count();
    }

    @Test
    void registry_getsNoMeters_untilTheApplicationUsesIt() {
        output.found(registry);
        output.refresh();
        assertThat(registry.getMeters()).isEmpty();

        registry.config().commonTags("shop", "berlin"); // a registry that has meters logs a warning for this
        registry.counter("orders");
        output.refresh();
        assertThat(registry.get("stallsight.agent.errors").tag("shop", "berlin").functionCounter())
                .isNotNull();
    }

    @Test
    void meters_followTheSamples() {
        registry.counter("orders");
        output.found(registry);
        Calls.report(fixture.findings, Calls.sleep("com.acme.Orders.find", 2_000_000_000));
        output.refresh();
        System.gc(); // Micrometer has only a weak reference to the value of a meter
        Calls.report(fixture.findings, Calls.sleep("com.acme.Orders.find", 1_000_000_000));
        output.refresh();

        Meter.Id id = registry.get("stallsight.blocking")
                .tag("site", "com.acme.Orders.find")
                .tag("loop.group", "reactor-http-epoll-#")
                .meter()
                .getId();
        assertThat(id.getBaseUnit()).isEqualTo("seconds");
        assertThat(id.getDescription()).isEqualTo("Time in blocking calls on threads that must not block");
        assertThat(registry.get("stallsight.blocking").functionCounter().count())
                .isEqualTo(3);
        assertThat(registry.get("stallsight.blocking.calls").functionCounter().count())
                .isEqualTo(2);
    }

    @Test
    void histogram_isAFamilyOfCounters() {
        registry.counter("orders");
        output.found(registry);
        fixture.metrics.observed(loop("epoll-1", 20, 7));
        fixture.metrics.observed(loop("epoll-1", 1_000, 7));
        output.refresh();

        assertThat(bucket("0.016777216")).isEqualTo(0);
        assertThat(bucket("0.033554432")).isEqualTo(1);
        assertThat(bucket("+Inf")).isEqualTo(2);
        assertThat(registry.get("stallsight.loop.lag.count").functionCounter().count())
                .isEqualTo(2);
        Meter.Id sum = registry.get("stallsight.loop.lag.sum")
                .tags("loop", "epoll-1", "loop.group", "epoll-#")
                .meter()
                .getId();
        assertThat(sum.getBaseUnit()).isEqualTo("seconds");
        assertThat(registry.get("stallsight.loop.lag.sum").functionCounter().count())
                .isCloseTo(1.02, within(1e-9));
    }

    private double bucket(String bound) {
        return registry.get("stallsight.loop.lag.buckets")
                .tags("loop", "epoll-1", "loop.group", "epoll-#", "le", bound)
                .functionCounter()
                .count();
    }

    @Test
    void compositeRegistry_getsNoMeters_andItsMemberGetsEachOnce() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(registry);
        composite.counter("orders");
        output.found(composite);
        output.found(registry);
        output.refresh(); // finds the members of the composite registry
        output.refresh();

        assertThat(own(registry))
                .isPositive()
                .isEqualTo(fixture.metrics.samples().stream()
                        .mapToLong(sample -> Series.of(sample).size())
                        .sum());
        assertThat(own(composite)).isZero();
    }

    @Test
    void memberOfACompositeRegistry_getsMeters() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        output.found(composite);
        composite.counter("orders");
        output.refresh();
        composite.add(registry);
        output.refresh();
        output.refresh();

        assertThat(own(registry)).isPositive();
    }

    @Test
    void meterFilter_canDenyTheMeters() {
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("stallsight"));
        registry.counter("orders");
        output.found(registry);
        output.refresh();
        output.refresh();

        assertThat(own(registry)).isZero();
    }

    @Test
    void close_removesAllMetersOfTheAgent() {
        registry.counter("orders");
        fixture.metrics.observed(stall(1, "com.acme.Orders.find", 100, 0, false));
        output.found(registry);
        output.refresh();
        assertThat(own(registry)).isPositive();
        output.close();

        assertThat(registry.getMeters()).hasSize(1);
        assertThat(StallsightErrors.suppressed()).isEqualTo(errorsBefore);
    }

    @Test
    void closedMemberOfACompositeRegistry_isLeftAlone() {
        AtomicInteger looks = new AtomicInteger();
        SimpleMeterRegistry member = new SimpleMeterRegistry() {
            @Override
            public List<Meter> getMeters() {
                looks.incrementAndGet();
                return super.getMeters();
            }
        };
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(member);
        composite.counter("orders");
        output.found(composite);
        output.refresh();
        output.refresh();
        assertThat(own(member)).isPositive();

        member.close();
        looks.set(0);
        output.refresh();
        output.refresh();
        output.refresh();

        assertThat(looks).hasValue(0);
    }
}
