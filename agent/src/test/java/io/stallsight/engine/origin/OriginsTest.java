package io.stallsight.engine.origin;

import static io.stallsight.engine.origin.Origin.APPLICATION;
import static io.stallsight.engine.origin.Origin.LIBRARY;
import static io.stallsight.engine.origin.Origin.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.TestCatalogs;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import org.junit.jupiter.api.Test;

/**
 * The places are those that the frameworks' own layouts have. Only {@code io.netty} and {@code org.boot} are known by
 * name.
 */
class OriginsTest {

    private static final String FOLDER = "file:/home/anna/shop/target/classes/";

    private static Origins origins(MainProgram program) {
        return new Origins(
                TestCatalogs.builtIn(17).origins(),
                program,
                name -> name.startsWith("io.netty.") || name.startsWith("org.boot."));
    }

    private static void load(Origins origins, String location, String... classNames) {
        for (String className : classNames) {
            origins.loading(className, domain(location));
        }
    }

    private static ProtectionDomain domain(String location) {
        try {
            return new ProtectionDomain(
                    new CodeSource(new URL(null, location, new UnopenedHandler()), (Certificate[]) null), null);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(location, e);
        }
    }

    /** Spring Boot's protocol is not known to this JVM. */
    private static final class UnopenedHandler extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            throw new IOException("no place is opened: " + url.getPath());
        }

        @Override
        protected void parseURL(URL url, String spec, int start, int limit) {
            setURL(url, url.getProtocol(), "", -1, "", "", spec.substring(start, limit), null, null);
        }
    }

    @Test
    void folder_isTheServices_andAnUnlistedJarIsALibrary() {
        Origins origins = origins(new MainProgram("com.shop.Main", ""));
        load(origins, FOLDER, "com.shop.Main");
        load(origins, "file:/home/anna/.m2/vendor.jar", "com.vendor.sdk.Client");
        assertThat(origins.of("com.shop.Main")).isEqualTo(APPLICATION);
        assertThat(origins.of("com.shop.Main$1")).isEqualTo(APPLICATION);
        assertThat(origins.of("com.vendor.sdk.Client")).isEqualTo(LIBRARY);
        assertThat(origins.of("com.elsewhere.Unseen")).isEqualTo(UNKNOWN);
    }

    @Test
    void jar_withPackagesThatBeginLikeThoseOfTheService_isTheServices() {
        Origins origins = origins(MainProgram.UNKNOWN);
        load(origins, FOLDER, "com.shop.web.Web");
        load(origins, "file:/lib/shop-orders.jar", "com.shop.orders.Orders");
        assertThat(origins.of("com.shop.orders.Orders")).isEqualTo(APPLICATION);
    }

    @Test
    void bootJar_hasTheServiceInClasses_andLibrariesInLib() {
        Origins origins = origins(new MainProgram("org.boot.JarLauncher", "/srv/shop.jar"));
        load(origins, "file:/srv/shop.jar", "org.boot.JarLauncher");
        load(origins, "jar:nested:/srv/shop.jar/!BOOT-INF/classes/!/", "com.shop.web.Web");
        load(origins, "jar:nested:/srv/shop.jar/!BOOT-INF/lib/vendor-1.jar!/", "com.vendor.sdk.Client");
        load(origins, "jar:nested:/srv/shop.jar/!BOOT-INF/lib/orders-1.jar!/", "com.shop.orders.Orders");
        assertThat(origins.of("org.boot.JarLauncher")).isEqualTo(LIBRARY);
        assertThat(origins.of("com.shop.web.Web")).isEqualTo(APPLICATION);
        assertThat(origins.of("com.vendor.sdk.Client")).isEqualTo(LIBRARY);
        assertThat(origins.of("com.shop.orders.Orders")).isEqualTo(APPLICATION);
    }

    @Test
    void extractedBootJar_isTheMainJar() {
        Origins origins = origins(new MainProgram("com.shop.web.Web", "/srv/shop/shop.jar"));
        load(origins, "file:/srv/shop/shop.jar", "com.shop.web.Web", "de.helper.Texts");
        load(origins, "file:/srv/shop/lib/vendor-1.jar", "com.vendor.sdk.Client");
        assertThat(origins.of("com.shop.web.Web")).isEqualTo(APPLICATION);
        assertThat(origins.of("de.helper.Texts")).isEqualTo(APPLICATION);
        assertThat(origins.of("com.vendor.sdk.Client")).isEqualTo(LIBRARY);
    }

    @Test
    void shadedJar_hasTheServiceInThePackagesOfItsMainClass() {
        Origins origins = origins(new MainProgram("com.shop.web.Web", "/srv/shop-all.jar"));
        load(origins, "file:/srv/shop-all.jar", "com.shop.web.Web", "io.netty.Channel", "com.vendor.Client");
        assertThat(origins.of("com.shop.web.Web")).isEqualTo(APPLICATION);
        assertThat(origins.of("io.netty.Channel")).isEqualTo(LIBRARY);
        assertThat(origins.of("com.vendor.Client")).isEqualTo(LIBRARY);
    }

    @Test
    void shadedJar_withTheMainClassOfALibrary_saysNothing() {
        Origins origins = origins(new MainProgram("io.netty.Launcher", "/srv/shop-all.jar"));
        load(origins, "file:/srv/shop-all.jar", "io.netty.Launcher", "com.shop.web.Web");
        assertThat(origins.of("com.shop.web.Web")).isEqualTo(UNKNOWN);
        assertThat(origins.of("io.netty.Launcher")).isEqualTo(LIBRARY);
    }

    @Test
    void mainClassByName_makesItsJarTheServices() {
        Origins origins = origins(new MainProgram("com.shop.MainKt", ""));
        load(origins, "file:/srv/lib/shop.jar", "com.shop.MainKt", "de.helper.Texts");
        load(origins, "file:/srv/lib/vendor.jar", "com.vendor.Client");
        assertThat(origins.of("de.helper.Texts")).isEqualTo(APPLICATION);
        assertThat(origins.of("com.vendor.Client")).isEqualTo(LIBRARY);
    }

    @Test
    void quarkusFastJar_hasTheServiceInApp_andGeneratedClassesStayWithTheirPackage() {
        Origins origins = origins(new MainProgram("org.boot.Entry", "/deployments/quarkus-run.jar"));
        load(origins, "file:/deployments/quarkus/generated-bytecode.jar", "com.shop.Orders_ClientProxy");
        load(origins, "file:/deployments/app/shop-1.jar", "com.shop.Orders");
        load(origins, "file:/deployments/lib/main/com.vendor.sdk-1.jar", "com.vendor.Client");
        assertThat(origins.of("com.shop.Orders_ClientProxy")).isEqualTo(APPLICATION);
        assertThat(origins.of("com.shop.Orders")).isEqualTo(APPLICATION);
        assertThat(origins.of("com.vendor.Client")).isEqualTo(LIBRARY);
    }

    @Test
    void webApplication_hasTheServiceInClasses() {
        Origins origins = origins(MainProgram.UNKNOWN);
        load(origins, "file:/tomcat/webapps/shop/WEB-INF/classes/", "com.shop.Web");
        load(origins, "file:/tomcat/webapps/shop/WEB-INF/lib/vendor.jar", "com.vendor.Client");
        assertThat(origins.of("com.shop.Web")).isEqualTo(APPLICATION);
        assertThat(origins.of("com.vendor.Client")).isEqualTo(LIBRARY);
    }

    @Test
    void folder_withClassesInPackagesOfLibraries_keepsThoseOfTheLibrary() {
        Origins origins = origins(MainProgram.UNKNOWN);
        load(origins, FOLDER, "com.shop.Web", "org.boot.Config__BeanDefinitions");
        assertThat(origins.of("org.boot.Config__BeanDefinitions")).isEqualTo(LIBRARY);
    }

    @Test
    void folder_ofWhoeverWritesTheLibrary_isTheServices() {
        Origins origins = origins(MainProgram.UNKNOWN);
        load(origins, FOLDER, "io.netty.Channel");
        assertThat(origins.of("io.netty.Channel")).isEqualTo(APPLICATION);
    }

    @Test
    void packageOfTwoPlaces_isToldApartByItsClasses() {
        Origins origins = origins(new MainProgram("com.shop.Main", ""));
        load(origins, "file:/lib/vendor.jar", "com.vendor.Client");
        load(origins, FOLDER, "com.shop.Main", "com.vendor.Patch");
        assertThat(origins.of("com.vendor.Patch")).isEqualTo(APPLICATION);
        assertThat(origins.of("com.vendor.Client"))
                .as("the folder makes its packages the service's")
                .isEqualTo(APPLICATION);
    }

    @Test
    void jars_withoutAnyPlaceOfTheService_sayNothing() {
        Origins origins = origins(MainProgram.UNKNOWN);
        load(origins, "file:/lib/shop.jar", "com.shop.Web");
        load(origins, "bundle://12.0:1/", "com.shop.bundle.Activator");
        assertThat(origins.of("com.shop.Web")).isEqualTo(UNKNOWN);
        assertThat(origins.of("com.shop.bundle.Activator")).isEqualTo(UNKNOWN);
    }

    @Test
    void modulesOfARunTimeImage_areLikeJars() {
        Origins origins = origins(MainProgram.of("com.shop.web/com.shop.web.Web", ""));
        load(origins, "jrt:/com.shop.web", "com.shop.web.Web");
        load(origins, "jrt:/com.vendor.sdk", "com.vendor.sdk.Client");
        assertThat(origins.of("com.shop.web.Web")).isEqualTo(APPLICATION);
        assertThat(origins.of("com.vendor.sdk.Client")).isEqualTo(LIBRARY);
    }

    @Test
    void root_hasThePartOfItsOwner() {
        assertThat(PackageRoot.of("com.shop.orders.web")).isEqualTo("com.shop");
        assertThat(PackageRoot.of("com.github.anna.shop")).isEqualTo("com.github.anna");
        assertThat(PackageRoot.of("org.apache.pekko.http")).isEqualTo("org.apache.pekko");
        assertThat(PackageRoot.of("uk.co.shop.web")).isEqualTo("uk.co.shop");
        assertThat(PackageRoot.of("shop")).isEqualTo("shop");
        assertThat(PackageRoot.of("shop.orders.web")).isEqualTo("shop");
        assertThat(PackageRoot.of("com")).isEqualTo("com");
        assertThat(PackageRoot.of("")).isEmpty();
    }

    @Test
    void recording_hasTheMainClassOnly() {
        NamedOrigins origins = new NamedOrigins("com.shop.web.Web", name -> name.startsWith("io.netty."));
        assertThat(origins.of("com.shop.orders.Orders")).isEqualTo(APPLICATION);
        assertThat(origins.of("com.vendor.Client")).isEqualTo(LIBRARY);
        assertThat(new NamedOrigins("io.netty.Main", name -> name.startsWith("io.netty.")).of("com.shop.web.Web"))
                .isEqualTo(UNKNOWN);
        assertThat(new NamedOrigins("", name -> false).of("com.shop.web.Web")).isEqualTo(UNKNOWN);
    }

    @Test
    void program_isReadFromTheCommand() {
        assertThat(MainProgram.of("com.shop.Main --port 80", "a.jar:b.jar"))
                .isEqualTo(new MainProgram("com.shop.Main", ""));
        assertThat(MainProgram.of("gone shop.jar --port 80", "gone shop.jar")).isEqualTo(MainProgram.UNKNOWN);
        assertThat(MainProgram.of("", "")).isEqualTo(MainProgram.UNKNOWN);
    }
}
