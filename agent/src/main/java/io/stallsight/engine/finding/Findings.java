package io.stallsight.engine.finding;

import io.stallsight.engine.detect.CallListener;
import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.memory.BoundedMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * The findings since the attach, up to {@value #MAX_FINDINGS}. When there are more, a finding that cost little time and
 * has not come again for long is forgotten; its calls stay in {@link #forgotten}. Thread-safe.
 */
public final class Findings implements CallListener {

    /** An application has a few hundred blocking sites; generated names of methods must not fill the heap. */
    private static final int MAX_FINDINGS = 10_000;

    /**
     * The calls of findings that were forgotten since the attach or the last {@link #clear}.
     *
     * @param findings how many were forgotten; one that came again and was forgotten again counts twice
     */
    public record Forgotten(long findings, long calls, long totalNanos) {}

    private final BoundedMap<FindingKey, Finding> findings =
            new BoundedMap<>(MAX_FINDINGS, Finding::totalNanos, this::forget);

    private final LongAdder forgottenCalls = new LongAdder();
    private final LongAdder forgottenNanos = new LongAdder();
    private final AtomicBoolean forgets = new AtomicBoolean();
    private final List<Output> outputs;

    /** @param outputs get each report in this order */
    public Findings(List<Output> outputs) {
        this.outputs = List.copyOf(outputs);
    }

    @Override
    public void blockingCall(BlockingCall call, Delivery delivery) {
        FindingKey key = FindingKey.of(call);
        Finding finding = findings.get(key);
        if (finding == null) {
            finding = findings.putIfAbsent(key, new Finding(key.fingerprint(), call));
        }
        finding.add(call);
        for (Output output : outputs) {
            output.report(finding, call, delivery);
        }
    }

    /** Loads the classes that a first finding needs, and keeps nothing. */
    public void rehearse(BlockingCall call) {
        Finding made = new Finding(FindingKey.of(call).fingerprint(), call);
        for (Output output : outputs) {
            output.rehearse(made, call);
        }
    }

    /** The fingerprint of the finding that {@code call} belongs to, reported or not. */
    public static String fingerprint(BlockingCall call) {
        return FindingKey.of(call).fingerprint();
    }

    /** The fingerprint of a stall: {@code api} is the call that caused it, or else its cause. */
    public static String fingerprint(String api, StackTraceElement site, String loopGroup) {
        return FindingKey.of(api, site, loopGroup).fingerprint();
    }

    /** Forgets all findings. A call of a forgotten one begins a first finding again. */
    public void clear() {
        findings.clear();
        forgottenCalls.reset();
        forgottenNanos.reset();
        forgets.set(false);
    }

    private void forget(Finding finding) {
        forgottenCalls.add(finding.count());
        forgottenNanos.add(finding.totalNanos());
        if (!forgets.get() && forgets.compareAndSet(false, true)) {
            outputs.forEach(output -> output.forgetting(MAX_FINDINGS));
        }
    }

    /** The findings of this moment, in no order. */
    public List<Finding> all() {
        return findings.values();
    }

    /** What had to make room for other findings. */
    public Forgotten forgotten() {
        return new Forgotten(findings.evictions(), forgottenCalls.sum(), forgottenNanos.sum());
    }
}
