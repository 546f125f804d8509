package io.millrace.app;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may know what, and what the deterministic core must not do. */
@AnalyzeClasses(packages = "io.millrace", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CODECS = "io.millrace.codecs..";
    private static final String ENGINE = "io.millrace.engine..";
    private static final String JOURNAL = "io.millrace.journal..";
    private static final String GATEWAY = "io.millrace.gateway..";
    private static final String EXCHANGE = "io.millrace.exchange..";
    private static final String APP = "io.millrace.app..";
    private static final String BENCH = "io.millrace.bench..";
    private static final String[] STAGES = {
        "io.millrace.engine.book..", "io.millrace.engine.strategy..", "io.millrace.engine.risk.."
    };

    @ArchTest
    static final ArchRule CODECS_KNOW_NOBODY =
            modules(CODECS, ENGINE, JOURNAL, GATEWAY, EXCHANGE, APP, BENCH).because("everybody depends on them");

    @ArchTest
    static final ArchRule ENGINE_KNOWS_CODECS = modules(ENGINE, JOURNAL, GATEWAY, EXCHANGE, APP, BENCH)
            .because("engine, journal and gateway are siblings that meet through ports");

    @ArchTest
    static final ArchRule JOURNAL_KNOWS_CODECS = modules(JOURNAL, ENGINE, GATEWAY, EXCHANGE, APP, BENCH)
            .because("engine, journal and gateway are siblings that meet through ports");

    @ArchTest
    static final ArchRule GATEWAY_KNOWS_CODECS = modules(GATEWAY, ENGINE, JOURNAL, EXCHANGE, APP, BENCH)
            .because("engine, journal and gateway are siblings that meet through ports");

    @ArchTest
    static final ArchRule EXCHANGE_KNOWS_CODECS = modules(EXCHANGE, ENGINE, JOURNAL, GATEWAY, APP, BENCH)
            .because("the simulated exchange is the other end of the socket");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_BENCH = modules(APP, BENCH).because("measuring is not a part of the product");

    @ArchTest
    static final ArchRule PRODUCT_KNOWS_NO_PEER = noClasses()
            .that()
            .resideOutsideOfPackage(BENCH)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.binance.connector..", "org.knowm..", "info.bitrich..", "com.alibaba..", "ml.dmlc..")
            .because("what the benchmarks measure against is no part of the product");

    @ArchTest
    static final ArchRule ENGINE_READS_NO_CLOCK_AND_NO_CHANCE = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .callMethodWhere(call(System.class, "nanoTime|currentTimeMillis|getenv|getProperty|identityHashCode"))
            .orShould()
            .callMethodWhere(target(nameMatching("now"))
                    .and(target(owner(JavaClass.Predicates.resideInAPackage("java.time..")))))
            .orShould()
            .callMethodWhere(call(Math.class, "random"))
            .orShould()
            .callMethodWhere(call(java.util.UUID.class, "randomUUID"))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.Random.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.random..")
            .because("time and chance enter as fields of events, or two replays differ");

    @ArchTest
    static final ArchRule ENGINE_TOUCHES_NO_FILE_AND_NO_SOCKET = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..", "io.netty..", "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File.*|RandomAccessFile|InputStream|OutputStream|Reader|Writer)")
            .because("the engine meets the world through its ports");

    @ArchTest
    static final ArchRule ENGINE_CALCULATES_ALIKE_EVERYWHERE = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .callMethodWhere(call(
                    Math.class,
                    "exp|expm1|log|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot"))
            .because("java.lang.Math may differ in the last bit between machines, StrictMath may not");

    @ArchTest
    static final ArchRule STAGES_ITERATE_IN_A_DEFINED_ORDER = noClasses()
            .that()
            .resideInAnyPackage(STAGES)
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(HashMap|HashSet|IdentityHashMap|WeakHashMap|concurrent\\..*Hash.*)")
            .because("the order of a hash table is not a part of the state");

    @ArchTest
    static final ArchRule STAGES_KNOW_NO_RING = noClasses()
            .that()
            .resideInAnyPackage(STAGES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.lmax..", "net.openhft..")
            .because("a stage sees its slot context and nothing else of the ring");

    @ArchTest
    static final ArchRule ENGINE_HAS_NO_PACKAGE_CYCLES =
            slices().matching("io.millrace.engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CODECS_HAVE_NO_PACKAGE_CYCLES =
            slices().matching("io.millrace.codecs.(*)..").should().beFreeOfCycles();

    private static ArchRule modules(String module, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaCall<?>> call(Class<?> owner, String namePattern) {
        return target(owner(JavaClass.Predicates.type(owner)))
                .and(target(nameMatching(namePattern)))
                .as("%s.(%s)", owner.getSimpleName(), namePattern);
    }
}
