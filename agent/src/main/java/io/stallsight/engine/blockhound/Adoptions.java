package io.stallsight.engine.blockhound;

import io.stallsight.engine.memory.Tether;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What the engine has adopted from applications, to be taken back when the application is gone. A rule or a policy of
 * an undeployed application would otherwise stay in the engine for ever. Thread-safe.
 */
final class Adoptions {

    /** @param takeBack removes everything that came with the adoption */
    private record Adoption(Tether<?> life, Runnable takeBack) {}

    private final List<Adoption> adoptions = new ArrayList<>();

    /** @param takeBack is called when {@code life} is gone */
    synchronized void add(Tether<?> life, Runnable takeBack) {
        adoptions.add(new Adoption(life, takeBack));
    }

    /** Takes back what came from applications that are gone; returns whether there was any. */
    synchronized boolean sweep() {
        boolean any = false;
        for (Iterator<Adoption> all = adoptions.iterator(); all.hasNext(); ) {
            Adoption adoption = all.next();
            if (adoption.life.isGone()) {
                all.remove();
                adoption.takeBack.run();
                any = true;
            }
        }
        return any;
    }

    /** The agent is detached: nothing of it stays in the classes of an application. */
    synchronized void release() {
        adoptions.forEach(adoption -> adoption.life.release());
        adoptions.clear();
    }
}
