package io.stallsight.hook;

/**
 * The I/O events that wait for a loop while it is busy: connections with a request, or connections to be accepted.
 *
 * <p><b>Problem.</b> A loop does not know what waits for it before it polls again. And most of its connections are open
 * without a request.
 *
 * <p><b>Algorithm.</b> Events wait in two places. Those of the poll that began the tick wait for each other, as the
 * loop processes one after the other. Those that became ready in the meantime are counted by the next poll, if that did
 * not wait itself. It did not if the kernel put the thread on a CPU no further time ({@link StallsightEngine#runs}). If
 * the kernel did, the poll waited, or the thread only lost its CPU; a poll that waited ends with its first event, so
 * more events than the long tick began with were ready before. A client that sends its next request as soon as it has
 * the answer may be ready as well, but it did not wait. So a channel of which the long tick had an event is subtracted
 * when it has the next. Where no hook sees events, only more events than the long tick began with count.
 *
 * <p>Connections that wait to be accepted are one event of the channel that listens, however many they are. So those
 * that the next tick accepts there count as well, and those of the ticks after it until a poll has waited, as loops
 * accept only some at once (at most {@value #MAX_ACCEPTING} ticks: under a storm of connections no poll waits).
 *
 * <p><b>Invariants.</b> The loop's thread writes, the agent's threads read a little late. Only ticks that were slow or
 * blocked for a while are counted, because the count takes two readings of a file.
 *
 * <p><b>Given up.</b> The number is known only after the end of the tick. A single event does not count if the thread
 * lost its CPU during the poll, nor does a connection that is accepted after such a poll. Of a tick with many events,
 * only the last {@value #MAX_CHANNELS} channels are known.
 */
public final class StallsightWaiters {

    /** A power of two. */
    private static final int MAX_CHANNELS = 16;

    /** I/O events that the poll before the running tick returned. */
    private int ready;

    private static final int MAX_ACCEPTING = 64;

    /** Identity hash codes of the last channels of which the running tick had an event, and the number of events. */
    private int[] channels = new int[MAX_CHANNELS];

    private int events;

    /** Of which the running tick had its last event; null if it has had none. */
    private Object channel;

    /** The same three of the last tick that is, or was, to be counted. */
    private int readyBefore;

    private int[] channelsBefore = new int[MAX_CHANNELS];
    private int eventsBefore;

    /** The last tick is to be counted, and the poll after it has not returned. */
    private boolean awaitsPoll;

    /** {@link StallsightEngine#runs} before that poll. */
    private long runs;

    /** The running tick follows one that was counted. */
    private boolean subtracts;

    /** Ticks from here on in which accepted connections have waited; 0 if those of the running tick have not. */
    private int accepting;

    /** Of the channel that accepted last in these ticks, its identity hash code. */
    private int listening;

    /** Connections that the running tick has accepted. */
    private int accepted;

    /** The tick that is, or was, counted was reported as a long one. */
    private boolean slow;

    /** Of the last tick that was counted. */
    private int waited;

    /** Of all ticks that were counted and not slow, and their number. */
    private long waitedInAll;

    private long countedTicks;
    private boolean countsReady;

    /** The loop waits without a count: what is awaited would never come, and each tick would read the file. */
    private boolean uncounted;

    StallsightWaiters() {}

    /** A wait is over that does not say how many I/O events are ready. */
    void waitedUncounted() {
        if (!countsReady && !uncounted) {
            uncounted = true;
            awaitsPoll = false;
        }
    }

    /** A poll has returned so many I/O events, with which the running tick begins. */
    void polled(int number) {
        countsReady = true;
        uncounted = false;
        ready = number;
    }

    /** The running tick has an event of the channel {@code of}. */
    void event(Object of) {
        channel = of;
        int hash = System.identityHashCode(of);
        boolean isSame = events > 0 && channels[events - 1 & MAX_CHANNELS - 1] == hash;
        channels[events & MAX_CHANNELS - 1] = hash;
        events++;
        if (subtracts && !isSame && waited > 0 && hadEventBefore(hash)) {
            waits(-1);
        }
    }

    /** The running tick accepts a connection at the channel {@code listener}. */
    void accepted(Object listener) {
        if (accepting == 0) {
            return;
        }
        int hash = System.identityHashCode(listener);
        if (hash == listening) { // the first one is the event with which the tick began
            waits(1);
        }
        listening = hash;
        accepted++;
    }

    private void waits(int more) {
        waited += more;
        waitedInAll += slow ? 0 : more;
    }

    private boolean hadEventBefore(int hash) {
        for (int i = Math.min(eventsBefore, MAX_CHANNELS) - 1; i >= 0; i--) {
            if (channelsBefore[i] == hash) {
                return true;
            }
        }
        return false;
    }

    /**
     * What waits for the tick that is about to end is to be counted.
     *
     * @param isSlow whether the tick was reported as a long one, which has its own count
     */
    void countTick(boolean isSlow) {
        awaitsPoll = !uncounted;
        slow = isSlow;
        waited = waiting();
        readyBefore = ready;
        int[] older = channelsBefore;
        channelsBefore = channels;
        channels = older;
        eventsBefore = events;
    }

    /** Whether the running tick has an event. */
    boolean hasEvent() {
        return events > 0;
    }

    /** Whether the event that the running tick processes waited for the last slow tick. */
    public boolean isServingWaiter() {
        return slow && subtracts && events > 0 && !hadEventBefore(channels[events - 1 & MAX_CHANNELS - 1]);
    }

    /** The channel of which the running tick had its last event; null if it has had none. By the loop's thread. */
    public Object channel() {
        return channel;
    }

    void tickEnds() {
        subtracts = false;
        channel = null;
        accepting = accepted > 0 ? accepting - 1 : 0;
        accepted = 0;
        events = 0;
        ready = 0;
    }

    /** Whether it is of interest if the next poll waits. */
    boolean awaitsPoll() {
        return awaitsPoll || accepting > 0;
    }

    /** @param runsBefore {@link StallsightEngine#runs} before the poll */
    void pollBegins(long runsBefore) {
        runs = runsBefore;
    }

    /** The poll has returned {@link #polled} events. */
    void pollEnded(long runsAfter) {
        boolean hasNotWaited = runsAfter == runs && runs >= 0;
        if (awaitsPoll) {
            count(hasNotWaited);
        } else if (!hasNotWaited) {
            accepting = 0;
        }
        awaitsPoll = false;
    }

    private void count(boolean hasNotWaited) {
        boolean areMore = ready > Math.max(1, readyBefore);
        if (areMore || hasNotWaited && eventsBefore > 0) {
            waited += ready;
            accepting = ready > 0 ? MAX_ACCEPTING : 0;
            listening = 0;
            subtracts = eventsBefore > 0;
        }
        if (!slow) {
            waitedInAll += waited;
            countedTicks++;
        }
    }

    /** Whether the loop's polls say how many I/O events are ready. */
    public boolean countsReady() {
        return countsReady;
    }

    /** I/O events that may wait for the running tick at the moment, besides the one that it processes. */
    public int waiting() {
        return Math.max(0, ready - 1);
    }

    /** I/O events that waited for the last tick that was slow or blocked for a while. */
    public int waited() {
        return waited;
    }

    /** The sum of {@link #waited} of all ticks so far that blocked for a while, but were not slow. */
    public long waitedInAll() {
        return waitedInAll;
    }

    /** The number of ticks in {@link #waitedInAll}. */
    public long countedTicks() {
        return countedTicks;
    }
}
