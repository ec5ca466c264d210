package io.stallsight.hook;

/**
 * Entry points of woven code for the outbound requests of clients. Any thread may come here, a virtual one without a
 * state as well.
 */
public final class StallsightExchanges {

    private static final Send SEND = new Send();
    private static final Begin BEGIN = new Begin();
    private static final End END = new End();
    private static final Fail FAIL = new Fail();

    private StallsightExchanges() {}

    /** The client has begun {@code exchange}; it is over when the future {@code answer} completes. */
    public static void send(int point, Object exchange, Object answer) {
        SEND.begin(StallsightHook.current(), point, exchange, answer);
    }

    /** The client begins {@code exchange}; {@code sender} sends it. Either may be null. */
    public static void begin(int point, Object exchange, Object sender) {
        BEGIN.begin(StallsightHook.current(), point, exchange, sender);
    }

    /** {@code exchange} is over with {@code outcome}, perhaps not for the first time. Either may be null. */
    public static void end(int point, Object exchange, Object outcome) {
        END.begin(StallsightHook.current(), point, exchange, outcome);
    }

    /** {@code exchange} has failed or is cancelled, unless it is over already; it may be null. */
    public static void fail(int point, Object exchange) {
        FAIL.begin(StallsightHook.current(), point, exchange, null);
    }

    private static final class Send extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object exchange, Object answer) {
            engine.exchangeSent(exchange, answer);
            return NOTHING;
        }
    }

    private static final class Begin extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object exchange, Object sender) {
            if (exchange != null) {
                engine.exchangeBegins(exchange, sender);
            }
            return NOTHING;
        }
    }

    private static final class End extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object exchange, Object outcome) {
            if (exchange != null) {
                engine.exchangeEnds(exchange, outcome);
            }
            return NOTHING;
        }
    }

    private static final class Fail extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object exchange, Object unused) {
            if (exchange != null) {
                engine.exchangeFails(exchange);
            }
            return NOTHING;
        }
    }
}
