package io.stallsight.engine.cli;

/** Modules of the JDK that a small runtime image may lack. */
final class Modules {

    private Modules() {}

    /**
     * To be asked by each command before it touches {@link Target}, as that does not link without its module.
     *
     * @throws UserException if the module is not there
     */
    static void need(String module) {
        if (ModuleLayer.boot().findModule(module).isEmpty()) {
            throw new UserException("this Java has no module " + module
                    + "; run the command with the java of a full JDK, it need not be that of the service");
        }
    }
}
