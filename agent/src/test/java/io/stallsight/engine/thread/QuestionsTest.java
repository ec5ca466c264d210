package io.stallsight.engine.thread;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.thread.Questions.Question;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of methods that do not return. The times of the looks are made up. */
class QuestionsTest {

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(250);

    private final Questions questions = new Questions();
    private final Callee callee = new Callee("nothing is known of this test");
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicReference<Thread> hanging = new AtomicReference<>();
    private final AtomicInteger asked = new AtomicInteger();
    private long now = System.nanoTime();

    @AfterEach
    void stop() throws InterruptedException {
        end.countDown();
        questions.stop();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waits for long").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private Question<String> ask(Object about) {
        return questions.ask(() -> callee.call(
                about,
                () -> {
                    asked.incrementAndGet();
                    return "answer";
                },
                "unknown"));
    }

    private Question<String> askWhatHangs(Object about) {
        hanging.set(null);
        Question<String> question = questions.ask(() -> callee.call(about, this::hang, "unknown"));
        await(() -> hanging.get() != null && hanging.get().getState() == Thread.State.WAITING);
        return question;
    }

    private String hang() {
        hanging.set(Thread.currentThread());
        boolean interrupted = false;
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted ? "interrupted" : "late answer";
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            now += LOOK;
            questions.thread().look(now);
        }
    }

    private String answer(Question<String> question) {
        await(() -> question.answer() != null);
        return question.answer();
    }

    @Test
    void callThatReturns_isAnswered() {
        assertThat(answer(ask("one"))).isEqualTo("answer");
        look(10);
        assertThat(answer(ask("one"))).isEqualTo("answer");
    }

    @Test
    void callThatHangs_isGivenUp_andOthersAreAnswered() throws InterruptedException {
        Question<String> first = askWhatHangs("one");
        Question<String> second = ask("two");
        Question<String> again = ask("one");

        look(5);

        assertThat(answer(second)).isEqualTo("answer");
        assertThat(answer(again)).as("about the same object").isEqualTo("unknown");
        assertThat(asked).hasValue(1);
        assertThat(HungCalls.all())
                .anyMatch(call -> call.method().equals(QuestionsTest.class.getName() + ".hang")
                        && call.text().contains("nothing is known of this test"));
        Thread lost = hanging.get();
        end.countDown();
        lost.join(10_000);
        assertThat(lost.isAlive()).isFalse();
        assertThat(first.answer()).as("of the lost thread").isNull();
    }

    @Test
    void call_isNotGivenUp_becauseTheProcessWasStopped() {
        Question<String> question = askWhatHangs("one");

        look(1);
        now += TimeUnit.MINUTES.toNanos(1);
        look(1);
        end.countDown();

        assertThat(answer(question)).isEqualTo("late answer");
    }

    @Test
    void methodThatHangsForMany_isNotCalledAtAll() {
        for (Object about : List.of("one", "two", "three")) {
            assertThat(callee.isGivenUp("four")).isFalse();
            askWhatHangs(about);
            look(6);
        }

        assertThat(answer(ask("four"))).isEqualTo("unknown");
        assertThat(asked).hasValue(0);
    }

    @Test
    void stop_interruptsTheCall() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        questions.ask(() -> callee.call("one", () -> sleep(never), "unknown"));
        await(() -> hanging.get() != null && hanging.get().getState() == Thread.State.WAITING);

        questions.stop();

        assertThat(hanging.get().isAlive()).isFalse();
    }

    private String sleep(CountDownLatch never) {
        hanging.set(Thread.currentThread());
        try {
            never.await();
        } catch (InterruptedException e) {
            return "interrupted";
        }
        return "";
    }
}
