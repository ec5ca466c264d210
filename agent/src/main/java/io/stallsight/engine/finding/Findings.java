package io.stallsight.engine.finding;

import io.stallsight.engine.detect.CallListener;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.stack.Frames;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** All findings since the attach. */
public final class Findings implements CallListener {

    /** An application has a few hundred blocking sites at most; generated method names must not fill the heap. */
    private static final int MOST = 10_000;

    private final ConcurrentHashMap<Fingerprint.Key, Finding> findings = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private final Output jfr;
    private final List<Output> others;

    /** @param jfr the output that gets to see the beginnings */
    public Findings(Output jfr, Output... others) {
        this.jfr = jfr;
        this.others = List.of(others);
    }

    @Override
    public @Nullable Object begin(boolean onThread) {
        return jfr.begin(onThread);
    }

    @Override
    public void end(@Nullable Object attachment) {
        jfr.end(attachment);
    }

    @Override
    public void blockingCall(BlockingCall call) {
        Fingerprint.Key key = Fingerprint.Key.of(call);
        Finding finding = findings.get(key);
        if (finding == null) {
            if (findings.size() >= MOST) {
                dropped.increment();
                return;
            }
            Finding created = new Finding(Fingerprint.of(key), call);
            Finding raced = findings.putIfAbsent(key, created);
            finding = raced == null ? created : raced;
        }
        finding.add(call);
        jfr.report(finding, call);
        for (Output other : others) {
            other.report(finding, call);
        }
    }

    /** Loads what a first finding needs; nothing is kept. */
    public void rehearse(BlockingCall call) {
        Finding made = new Finding(Fingerprint.of(Fingerprint.Key.of(call)), call);
        for (Output other : others) {
            other.rehearse(made, call);
        }
    }

    /** Of a call that has not become a finding, or not yet. */
    public static String fingerprint(BlockingCall call) {
        return Fingerprint.of(Fingerprint.Key.of(call));
    }

    /** The same name for what has no call: a stall, by its call or else its cause. */
    public static String fingerprint(String api, StackTraceElement site, String loopGroup) {
        return Fingerprint.of(new Fingerprint.Key(api, site.getClassName(), Frames.methodOf(site), loopGroup));
    }

    /** Forgets what was found; what is found again is told as new. */
    public void clear() {
        findings.clear();
    }

    public List<Finding> all() {
        return new ArrayList<>(findings.values());
    }

    /** Calls whose finding was one too many. */
    public long dropped() {
        return dropped.sum();
    }
}
