extension LanguageTests {
    /// Languages to program in.
    static let programming: [(String, String)] = [
        (
            "swift",
            ##"""
            «pre|@MainActor» «key|final» «key|class» «typ|Store»<«typ|T»: «typ|Sendable»>: «typ|Base» {
                «com|/* outer /* nested */ still */» «key|var» n = «num|1_000»
                «key|func» «fun|go»(_ in: «typ|Int») «key|async» «key|throws» -> «typ|Result»<«typ|Int»> {
                    «key|return» .«fun|failure»(x.default)
                «key|let» s = «str|"Hi »«spe|\(»name.map { "x\($0)" }«spe|)\n»«str|"»
                «key|let» t = «str|"""»
            «str|        a "quoted" »«spe|\(»v + f(1)«spe|)»
            «str|        // text»
            «str|        """» «com|// comment»
                «key|let» r = «str|#"raw "q" \n"#», «key|open» = «str|"no end»
                «key|if» x { y = «num|0xFF» }
            """##
        ),
        (
            "kt",
            ##"""
            «pre|@Serializable» «key|data» «key|class» «typ|User»(«key|val» id: «typ|Long» = «num|0L»)
            «key|suspend» «key|fun» «fun|load»(): «typ|List»<«typ|User»> =
                «fun|withContext»(«typ|Dispatchers».«typ|IO») {
                «key|val» s = «str|"»«var|$name»«str|, »«spe|${»user.map { "x" }«spe|}\n»«str|"» + «str|'c'»
                «com|/* a /* b */ c */» «key|val» raw = «str|"""raw "x"»
            «str|        »«var|$b»«str| »«spe|${»a«spe|}»«str|"""».«fun|trimIndent»()
                «key|when» (x) { «key|is» «typ|Int» -> it.«fun|foo» { y -> y + «num|1.5f» } } «com|// c»
                «key|val» open = «str|"no end»
            }
            """##
        ),
        (
            "rs",
            ##"""
            «pre|#[derive(Debug)]»
            «key|pub» «key|struct» «typ|Foo»<«lab|'a», «typ|T»: «typ|Send» + «lab|'static»> {
                name: &«lab|'a» «typ|str», c: «typ|Option»<«typ|u32»> }
            «com|/* a /* b */ c */» «key|let» c = «str|'x'»; «com|// c»
            «key|let» q = «str|'\''»; «key|let» e = «str|'é'»;
            «fun|println!»(«str|"»«spe|{:?}»«str| »«spe|{name}\n»«str|"», «num|1_000u64»,
                x.«fun|sum»::<«typ|f64»>());
            «key|let» r = «str|r#"raw "q" "#»; «key|let» b = «str|b"bytes"»;
            «key|let» m = «str|"two»
            «str|  lines"»; «key|return» «typ|Err»(e)?;
            """##
        ),
        (
            "tsx",
            ##"""
            «key|import» { a, «key|type» «typ|B» } «key|from» «str|'./b.js'»;
            «key|export» «key|async» «key|function» «fun|load»<«typ|T»>(x: «typ|T», n: «typ|number» = «num|10n»)
                : «typ|Promise»<«typ|Array»<«typ|string»>> {
              «key|const» re = «reg|/ab+[/"]c\/d/gi», d = a / b / c;
              s = «str|`hi »«spe|${»x.map(y => `n${y}`)«spe|}»«str| end`»;
              «key|for» («key|const» k «key|of» «typ|Object».«fun|keys»(x))
                «key|await» «key|this».#«fun|go»(k «key|as» «typ|any», { type: «num|1» });
              «key|return» <«key|div» className=«str|"a"» onClick={() => «fun|set»(!x)}>
                don't</«key|div»>; }
            «pre|@Component»({ a: «str|'b»«spe|\n»«str|'» })
            «key|class» «typ|A» { «key|get» «fun|y»() { «key|return» «num|1» } }
            «key|const» m = «str|`two»
            «str| »«spe|${»a«spe|}»«str| lines`»; «com|/* c»
            «com| c */» «key|let» z = a <b; «com|// c»
            """##
        ),
        (
            "py",
            ##"""
            «pre|@decorator»(arg=«num|1»)
            «key|async» «key|def» «fun|fetch»(url: «typ|str», *, n: «typ|int» = «num|0x1F») -> «typ|Any»:
                «str|"""Doc with 'quotes'.»
            «str|    more"""»
                x = «str|f"hi »«spe|{url!r}»«str| »«spe|{{»«str|n»«spe|}}»«str|"» «com|# c»
                y = «str|rb'»«spe|\d»«str|'» + «str|'it»«spe|\'»«str|s'»
                «key|class» «typ|Foo»(«typ|Base»): «key|pass»
                «key|match» x:
                    «key|case» «key|None»: «fun|print»(self.«fun|go»(«num|1_000»))
                open = «str|'no end»
                «key|return» x
            """##
        ),
        (
            "c#",
            ##"""
            «key|public» «key|record» «fun|Foo»(«typ|string» «typ|A») {
                «key|public» «key|async» «typ|Task»<«typ|int»> «fun|M»() =>
                    «key|await» «str|$"x »«spe|{A}\n»«str|"».«fun|X»(); }
            «key|var» s = «str|@"a\b ""c"" d"»; «com|// c»
            «pre|#region x»
            """##
        ),
    ]

    /// Languages of files and shells.
    static let data: [(String, String)] = [
        (
            "yml",
            ##"""
            «com|# comment»
            «pro|version»: «str|"3.8"»«com|   # trailing»
            «pro|web»: «lab|&web»
              «pro|ports»: [«num|80», «str|"443:443"», a b]
            «pro|  command»: «key||»
            «str|    echo hi # no comment»
            «str|    key: no key»
              «pro|url»: http://a.b/c#d
            - «pro|name»: Run
            «pro|  run»: «key|>-»
            «str|      folded: text»
              «pro|with»: «lab|*web»
            «pre|---»
            «pro|on»: «key|true»
            «pro|'it''s'»: «typ|!Ref» X
            """##
        ),
        (
            "toml",
            ##"""
            «typ|[package]» «com|# c»
            «pro|name.first» = «str|"x»«spe|\n»«str|"»
            «pro|a."b c"» = { «pro|path» = «str|'../x'», «pro|n» = [«num|1_000», «num|-2.5e3»] }
            «pro|date» = «num|1979-05-27T07:32:00Z»
            «pro|m» = [
              [«num|1», «num|2»]
            ]
            «pro|s» = «str|"""»
            «str|two "lines"»
            «str|"""»
            «pro|open» = «str|"no end»
            «pro|b» = «key|true»
            """##
        ),
        (
            "docker",
            ##"""
            «com|# syntax=docker/dockerfile:1»
            «key|FROM» «lab|--platform»=«var|$P» python:3.12-slim «key|AS» build
            «key|ENV» «pro|A»=b «pro|PATH»=«str|"/x:»«var|$PATH»«str|"» «spe|\»
                «pro|C»=d
            «key|RUN» apt-get install -y «spe|\»
                curl «str|'x y'» && from here
            «key|COPY» «lab|--from»=build /app/ «var|${DIR}»/
            «key|EXPOSE» «num|8080»/tcp
            «key|CMD» [«str|"python"», «str|"-m"», «str|"app"»]
            """##
        ),
        (
            "jsonc",
            ##"""
            { «pro|"a"»: «str|"b»«spe|\n»«str|"», «com|// c»
              «pro|"c"»: [«num|1», «num|-2.5e3», «key|true»],
              «pro|"d"»: { «pro|"e\"f"» : «str|"no end»
            }
            """##
        ),
        (
            "bash",
            ##"""
            «com|#!/bin/sh»
            «key|for» f «key|in» *.txt; «key|do»
              «fun|echo» «str|"»«var|$f»«str|: »«var|$(»wc -l < "$f"«var|)»«str|"» «str|'a b'»; «key|done»
            «fun|curl» https://x.org/a#b | «key|sudo» «fun|tee» /etc/x > out 2>&1«com| # c»
            «fun|cat» <<EOF > out
            «str|don't, $USER»
            EOF
            «var|A»=«num|1» git commit -m «str|"two»
            «str|lines"»; «fun|my_func»() { «key|local» «var|a»=«var|$1»; }
            «lab|$» «fun|make» test
            «var|x»=$(( «num|1» << «num|2» ))
            """##
        ),
        (
            "console",
            ##"""
            «lab|$» «fun|ls» -la
            total 5
            «lab|me@host:~/x$» «fun|make» test
            «com|# c»
            """##
        ),
        (
            "diff",
            ##"""
            «com|--- a/file»
            «com|+++ b/file»
            «dif|@@ -1,2 +1,2 @@»
             kept
            «old|-old»
            «new|+new»
            """##
        ),
        (
            "md",
            ##"""
            «key|# Title»
            Some «typ|**bold**» «str|`code`» [a](«url|http://x.y»)
            «lab|-» item
            «str|~~~»
            «str|# no title»
            «str|~~~»
            «lab|1.» x
            """##
        ),
    ]
}
