package io.stallsight.hook;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Writes down what the hooks report to the engine. Only the thread that made it is watched, and it must not block. */
public class RecordingEngine extends StallsightEngine {

    /** One reported call. */
    public record Report(
            int point, Object self, Object subject, int inner, Object innerSelf, Object innerSubject, long nanos) {}

    public final List<Report> reports = new ArrayList<>();
    public final List<String> events = new ArrayList<>();

    /** Thrown when a long request has been served, or null. */
    RuntimeException failure;

    /** Requests that were long. */
    final List<Object> servedRequests = new ArrayList<>();

    @Override
    public void requestServed(StallsightThread state, long nanos) {
        if (failure != null) {
            throw failure;
        }
        servedRequests.add(state.request().request());
    }

    final List<Long> followedContexts = new ArrayList<>();

    @Override
    public void requestFollowed(StallsightThread state, long context) {
        followedContexts.add(context);
    }

    /** Requests that were served late in their tick. */
    final List<Object> lateRequests = new ArrayList<>();

    /** Requests that waited for the last slow tick. */
    final List<Object> waitedRequests = new ArrayList<>();

    @Override
    public void requestWaited(StallsightThread state, boolean late, boolean waited) {
        if (late) {
            lateRequests.add(state.request().request());
        }
        if (waited) {
            waitedRequests.add(state.request().request());
        }
    }

    /** What the thread is taken for. */
    public Predicate<Thread> nonBlocking;

    /** Thrown instead of the next calls, or null. */
    public Throwable refusal;

    /** What a policy that is asked says, or null: nothing. */
    public Function<StallsightThread, Throwable> answer;

    public boolean takesOver;

    public RecordingEngine() {
        Thread watched = Thread.currentThread();
        nonBlocking = thread -> thread == watched;
    }

    @Override
    public void classify(StallsightThread state) {
        events.add("classify");
        if (nonBlocking.test(state.thread())) {
            state.mustNotBlock(state.loop());
        } else {
            state.letBlock();
        }
    }

    /** What a dynamic thread does at the moment. */
    int role = StallsightRole.LENT;

    @Override
    public int roleNow(StallsightThread state) {
        events.add("roleNow");
        return role;
    }

    @Override
    public Throwable refuse(StallsightThread state) {
        events.add("refuse " + state.call().point());
        return refusal;
    }

    @Override
    public Throwable askPolicies(StallsightThread state, int point) {
        events.add("ask " + point);
        return answer == null ? null : answer.apply(state);
    }

    @Override
    public boolean takeOver(Object tool) {
        events.add("takeOver " + tool);
        return takesOver;
    }

    @Override
    public void exited(StallsightThread state, long nanos) {
        reports.add(new Report(
                state.call().point(),
                state.call().self(),
                state.call().subject(),
                state.call().inner(),
                state.call().innerSelf(),
                state.call().innerSubject(),
                nanos));
    }

    @Override
    public void loopSeen(StallsightThread state, int point) {
        events.add("loopSeen " + point);
        state.mustNotBlock(state.loop());
    }

    @Override
    public int selecting(StallsightThread state, Object selector) {
        events.add("selecting");
        return StallsightSelectors.BLOCKING;
    }

    @Override
    public void selected(StallsightThread state, Object selector, long nanos, boolean proven) {
        events.add("selected");
    }

    @Override
    public void selectorClosed(StallsightThread state, Object selector) {
        events.add("selectorClosed");
    }

    @Override
    public Object connecting(Object connection, Object remote) {
        events.add("connecting " + connection + " to " + remote);
        return connection;
    }

    @Override
    public void connectFailed(Object token) {
        events.add("connectFailed " + token);
    }

    @Override
    public void disconnected(Object connection) {
        events.add("disconnected " + connection);
    }

    @Override
    public long connectionKey(Object connection) {
        return connection.hashCode();
    }

    @Override
    public void publishPending(StallsightThread state) {
        events.add("publish " + state.pending().getAndSet(null));
    }

    @Override
    public void threadStarting(Thread thread) {
        events.add("starting " + thread.getName());
    }

    @Override
    public void threadStartFailed(Thread thread) {
        events.add("start failed " + thread.getName());
    }

    @Override
    public void threadEnding(StallsightThread state) {
        events.add("ending");
    }

    @Override
    public void slowTick(StallsightThread state, StallsightLoop loop, long start, long end) {
        events.add("slowTick " + (end - start));
    }

    @Override
    public StallsightQueue queueSeen(Object executor) {
        return StallsightQueues.add(executor);
    }
}
