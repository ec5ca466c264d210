package io.stallsight.engine.instrument;

import org.jspecify.annotations.Nullable;

/**
 * The weaver weaves this class in memory before the first real class: a method for each type of point, and in the first
 * one code of many kinds. Never loaded.
 */
abstract class WarmUpSample extends Thread {

    int BLOCKING(String text) throws InterruptedException {
        sleep(1);
        Runnable lambda = () -> System.out.println(text);
        lambda.run();
        @Nullable Object value = text;
        long sum = (long) (sample() + 2.5);
        try {
            for (int i = 0; i < text.length(); i++) {
                sum += switch (text.charAt(i)) {
                    case 'a', 'b', 'c' -> 1;
                    case '\n' -> new int[i][2].length;
                    default -> 2;
                };
                value = i == 3 ? "three" : value;
            }
        } catch (IllegalArgumentException e) {
            synchronized (this) {
                value = e;
            }
        }
        return value instanceof String ? 0 : (int) sum;
    }

    abstract float sample();

    void SCOPE() {}

    void IDLE() {}

    void LOOP_IDLE() {}

    int COUNT_IDLE() {
        return 0;
    }

    long COUNT_UPPER_IDLE() {
        return 0;
    }

    Object TAKE_IDLE() {
        return this;
    }

    void ROUND_IDLE(int work) {}

    Object TAKE() {
        return this;
    }

    Object LEAVE() {
        return this;
    }

    void HAND(Object task) {}

    void QUEUE(Object task) {}

    void OFFER(Object task) {}

    void RUN(Object task) {}

    void WORK() {}

    void REJECT(Object task) {}

    void START(Object executor) {}

    void CARRY(Object task) {}

    void SHARE(Object task) {}

    void CREATE() {}

    void RESUME(Object task) {}

    Object TURN() {
        return this;
    }

    void POLL() {}

    void ROUND() {}

    void EVENT() {}

    void LOOP_BEGIN() {}

    void LOOP_END() {}

    void QUIET() {}

    int SELECT(Object action, long timeout) {
        return 0;
    }

    void SELECTOR_CLOSE() {}

    void CONNECT(Object remote) {}

    void DISCONNECT() {}

    void ACCEPT() {}

    void CONNECTED() {}

    void READ() {}

    void WRITE() {}

    Object EXCHANGE_SEND() {
        return this;
    }

    void EXCHANGE_BEGIN(Object request) {}

    void EXCHANGE_END(Object outcome) {}

    void EXCHANGE_FAIL() {}

    void MAKE() {}

    void PASS(Object maker) {}

    void BORROW(Object asking) {}

    Object LEND() {
        return this;
    }

    Object LEASE_BEGIN() {
        return this;
    }

    void LEASE_END(Object connection) {}

    void LEASE_ASK() {}

    void PERMIT_MAKE() {}

    void PERMIT_OWN() {}

    void PERMIT_ACQUIRE(int permits) {}

    boolean PERMIT_TRY(int permits) {
        return true;
    }

    void PERMIT_RELEASE(int permits) {}

    void SERVE(Object request) {}

    void ROUTE(Object route) {}

    void TRACE() {}

    Object HOST() {
        return this;
    }

    void THREAD_START() {}

    void THREAD_END() {}

    void POLICY() {}

    void TOOL_INSTALL() {}

    void TOOL_REPORT() {}

    int SKIP() {
        return 0;
    }
}
