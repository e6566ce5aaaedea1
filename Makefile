# Builds, installs and packages the server.
#   make           builds it, its manual pages and completions
#   make install   copies what was built: PREFIX (/usr/local), DESTDIR
#   make deb       makes a Debian package, in BUILD_PATH/deb
PREFIX ?= /usr/local
DESTDIR ?=
BUILD_PATH ?= .build
UNITS ?= $(PREFIX)/lib/systemd/system
ZSH_COMPLETIONS ?= $(PREFIX)/share/zsh/site-functions

VERSION := $(shell sed -n 's/.*text = "\(.*\)"/\1/p' Sources/Control/Version.swift)
# Dates of what is made: of the last commit, so that the same sources make the same files.
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || date +%s)

server := $(BUILD_PATH)/release/swiftlet
manual := $(BUILD_PATH)/manual
completions := $(BUILD_PATH)/completions
debian := $(BUILD_PATH)/deb

binary = $(DESTDIR)$(PREFIX)/bin/swiftlet
share = $(DESTDIR)$(PREFIX)/share
settings = $(DESTDIR)/etc/swiftlet
unit = $(DESTDIR)$(UNITS)/swiftlet.service

.PHONY: all build man completions install uninstall deb clean

all: man completions

# Which files have changed is for the Swift package manager to know.
build:
	swift build --scratch-path $(BUILD_PATH) --configuration release --product swiftlet --static-swift-stdlib

man: build
	rm -rf $(manual)
	$(server) --experimental-dump-help | packaging/manual $(manual)

completions: build
	mkdir -p $(completions)
	$(server) --generate-completion-script bash | grep -v '^#!' > $(completions)/swiftlet
	$(server) --generate-completion-script zsh > $(completions)/_swiftlet
	$(server) --generate-completion-script fish > $(completions)/swiftlet.fish

# Does not build, so that root need not.
install:
	@test -d $(manual) -a -d $(completions) || { echo "nothing is built yet: make" >&2; exit 1; }
	install -D -s $(server) $(binary)
	install -D -m 644 -t $(share)/man/man1 $(manual)/*.1
	install -D -m 644 -t $(share)/bash-completion/completions $(completions)/swiftlet
	install -D -m 644 -t $(DESTDIR)$(ZSH_COMPLETIONS) $(completions)/_swiftlet
	install -D -m 644 -t $(share)/fish/vendor_completions.d $(completions)/swiftlet.fish
	install -D -m 644 -t $(share)/doc/swiftlet README.md
	install -D -m 644 -t $(share)/doc/swiftlet/docs docs/*.md
	install -D -m 644 -t $(share)/doc/swiftlet/zones zones/*.zone
	install -d $(dir $(unit)) $(settings)/zones
	sed 's|/usr/bin/|$(PREFIX)/bin/|' packaging/swiftlet.service > $(unit)
	test -e $(settings)/swiftlet.yaml || install -m 644 packaging/swiftlet.yaml $(settings)

# Settings and zones stay.
uninstall:
	rm -f $(binary) $(unit) $(share)/man/man1/swiftlet.1 $(share)/man/man1/swiftlet-*.1
	rm -f $(share)/bash-completion/completions/swiftlet $(share)/fish/vendor_completions.d/swiftlet.fish
	rm -f $(DESTDIR)$(ZSH_COMPLETIONS)/_swiftlet
	rm -rf $(share)/doc/swiftlet

deb: all
	rm -rf $(debian)
	mkdir -p $(debian)/swiftlet
	cp -r packaging/debian $(debian)/swiftlet
	printf 'swiftlet ($(VERSION)) bookworm; urgency=medium\n\n  * Version $(VERSION).\n\n -- %s  %s\n' \
	  "$$(sed -n 's/^Maintainer: //p' packaging/debian/control)" "$$(date -R -u -d @$$SOURCE_DATE_EPOCH)" \
	  > $(debian)/swiftlet/debian/changelog
	cd $(debian)/swiftlet && TOP=$(CURDIR) BUILD_PATH=$(abspath $(BUILD_PATH)) dpkg-buildpackage --build=binary --no-sign
	rm -rf $(debian)/swiftlet
	@ls $(abspath $(debian))/*.deb

clean:
	rm -rf $(manual) $(completions) $(debian)
