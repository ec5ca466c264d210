package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StallsightFramesTest {

    private static final int SKIP = 1;

    @BeforeEach
    void install() {
        StallsightAgent.attach(new RecordingEngine(), new byte[] {0, 0});
        StallsightHook.current();
    }

    @AfterEach
    void uninstall() {
        StallsightAgent.detach();
    }

    @Test
    void skip_ofOtherEvents_isTheAnswerOfJfr() {
        assertThat(StallsightFrames.skip(SKIP, 3)).isEqualTo(3);
    }

    @Test
    void skip_whileFramesAreHidden_addsThem() {
        StallsightSpan work = StallsightHook.beginAgentWork();
        StallsightThread hidden = StallsightFrames.hide(7);
        assertThat(StallsightFrames.skip(SKIP, 3)).isEqualTo(10);
        StallsightFrames.show(hidden);
        assertThat(StallsightFrames.skip(SKIP, 3)).isEqualTo(3);
        StallsightHook.endAgentWork(work);
    }

    @Test
    void skip_afterAnEndThatWasLost_isTheAnswerOfJfr() {
        StallsightSpan work = StallsightHook.beginAgentWork();
        StallsightFrames.hide(7);
        StallsightHook.endAgentWork(work);
        assertThat(StallsightFrames.skip(SKIP, 3)).isEqualTo(3);
    }

    @Test
    void hide_isForItsThreadOnly() throws InterruptedException {
        StallsightThread hidden = StallsightFrames.hide(7);
        int[] skipped = new int[1];
        Thread other = new Thread(() -> {
            StallsightHook.current();
            skipped[0] = StallsightFrames.skip(SKIP, 3);
        });
        other.start();
        other.join();
        StallsightFrames.show(hidden);
        assertThat(skipped[0]).isEqualTo(3);
    }

    @Test
    void hide_onAThreadWithoutState_hidesNothing() throws InterruptedException {
        int[] skipped = new int[1];
        Thread stateless = new Thread(() -> {
            StallsightFrames.show(StallsightFrames.hide(7));
            skipped[0] = StallsightFrames.skip(SKIP, 3);
        });
        stateless.start();
        stateless.join();
        assertThat(skipped[0]).isEqualTo(3);
    }
}
