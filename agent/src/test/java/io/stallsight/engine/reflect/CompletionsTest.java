package io.stallsight.engine.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.rule.FutureRule;
import io.stallsight.engine.catalog.rule.FutureRule.Trait;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which fields complete, over classes of the test: those of the JDK are closed to a unit test. */
class CompletionsTest {

    private interface Listener {}

    private interface SpecialListener extends Listener {}

    private static final class Operator {
        @Nullable
        SpecialListener downstream;

        @Nullable
        Object unrelated;
    }

    private record Task(Runnable inner, FutureTask<?> onlyKept, RunnableFuture<?> keptAsWell) implements Runnable {
        @Override
        public void run() {}
    }

    private static class Either {
        @Nullable
        Runnable either;
    }

    private static final class Answer {
        int state;

        /** A later version has a method of the same name. */
        public String state() {
            return "RUNNING";
        }
    }

    private final Completions completions = new Completions(List.of(
            rule(Runnable.class, Trait.CALLED),
            rule(Listener.class, Trait.CALLED),
            rule(Either.class, Trait.EITHER),
            new FutureRule(Answer.class.getName(), List.of(), null, Set.of(), "state", null)));

    private static FutureRule rule(Class<?> type, Trait trait) {
        return new FutureRule(type.getName(), List.of(), null, EnumSet.of(trait), null, null);
    }

    private List<String> leads(Class<?> type) {
        return completions.leads(type).stream().map(field -> field.getName()).toList();
    }

    @Test
    void fieldThatIsThereToBeCalled_leads_alsoByAnInterfaceThatExtendsIt() {
        assertThat(leads(Operator.class)).containsExactly("downstream");
    }

    @Test
    void futureThatCouldBeRun_leadsNowhere() {
        assertThat(leads(Task.class)).containsExactly("inner");
    }

    @Test
    void futureThatALambdaKeeps_leadsNowhere() {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        Runnable reader = answer::isDone;
        Runnable completer = () -> answer.complete(1);

        assertThat(leads(reader.getClass())).isEmpty();
        assertThat(leads(completer.getClass())).isEmpty();
    }

    @Test
    void oneOfTwoSources_leadsNowhere() {
        assertThat(leads(Either.class)).isEmpty();
    }

    @Test
    void state_isReadFromTheField() {
        Answer answer = new Answer();
        assertThat(completions.state(answer)).isEqualTo(Completions.State.PENDING);
        answer.state = 2;
        assertThat(completions.state(answer)).isEqualTo(Completions.State.COMPLETE);
        assertThat(completions.state("unknown")).isEqualTo(Completions.State.UNKNOWN);
    }
}
