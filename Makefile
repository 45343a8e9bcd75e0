# Banter. `make help` lists the targets.

PREFIX ?= /usr/local
FUZZ_SECONDS ?= 600
RUNS ?= 1000
# Colours at a terminal only would rebuild everything each time a terminal and a pipe alternate.
PLAIN   = --no-color-diagnostics
STRICT  = $(PLAIN) -Xswiftc -warnings-as-errors --explicit-target-dependency-import-check error
RELEASE = $(PLAIN) -c release --static-swift-stdlib --product banter
BANTER  = .build/release/banter

.PHONY: help chat build test check lint format bench torture fuzz sanitize docs install uninstall clean packages

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

chat: build ## build what is missing and open the prompt; installs the local model if nothing else would answer
	@$(BANTER) local install --if-needed
	@$(BANTER)

build: packages ## build the release: .build/release/banter
	@echo "Building Banter (the first build takes some minutes)…"
	@swift build $(RELEASE)

test: packages ## run all tests, with warnings as errors
	@Scripts/test $(STRICT)

check: lint test docs ## the gate: format lint, strict build, all tests, documentation without dead links

lint: ## check the format of all sources
	swift format lint --strict --recursive Package.swift Sources Tests Fuzz

format: ## format all sources
	swift format format --in-place --recursive Package.swift Sources Tests Fuzz

fuzz: packages ## feed hostile bytes to the reader of streams, the sanitiser and the renderer, each for FUZZ_SECONDS (600)
	for target in stream sanitizer markdown; do Fuzz/run $$target $(FUZZ_SECONDS) || exit 1; done

bench: build ## measure against programs that do nothing else; takes some minutes and 2 GB in TMPDIR
	@Scripts/install-packages curl gcc libc6-dev
	@python3 Bench/bench.py $(BANTER)

torture: build ## fail every call, kill RUNS (1000) turns, fill disks: nothing may be torn or lost; takes some minutes
	@Scripts/install-packages strace gcc libc6-dev
	@python3 Tests/Torture/torture.py $(BANTER) $(RUNS)

sanitize: packages ## the tests of ChatApi under the thread and the address sanitizer; builds for some minutes
	@# Each has its own scratch path: in a shared one the sanitizer silently finds nothing. Leaks aren't looked for: the detector takes values
	@# that globals hold by tagged pointers, as indirect enums are, for lost. ExchangeTests look for those of our own. Little
	@# freed memory is kept from use again, as some tests look at how much is used.
	for sanitizer in thread address; do \
	  ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=8 swift test --no-parallel --disable-xctest $(STRICT) --filter ChatApiTests \
	    --sanitize=$$sanitizer --scratch-path .build/sanitize-$$sanitizer || exit 1; \
	done

docs: packages ## the documentation of ChatApi, every link checked: .build/docs
	swift build --target ChatApi $(STRICT)
	@Scripts/build-documentation

install: build ## install to PREFIX (/usr/local): program, man page, shell completions
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -s -m 755 $(BANTER) $(DESTDIR)$(PREFIX)/bin/banter
	install -m 644 Documentation/banter.1 $(DESTDIR)$(PREFIX)/share/man/man1/banter.1
	$(BANTER) --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/banter
	$(BANTER) --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_banter
	$(BANTER) --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/banter.fish

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/banter $(DESTDIR)$(PREFIX)/share/man/man1/banter.1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/banter \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_banter \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/banter.fish

clean: ## remove everything that was built
	rm -rf .build

packages:
	@Scripts/install-packages
