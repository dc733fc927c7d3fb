# How lab/suite has prove tell the results: in TAP. A script is a test point; before it, as its subtest, stands what the script told.
package Suite;
use strict;
use warnings;
use base 'TAP::Formatter::Base';

sub prepare {
    my ($self, @tests) = @_;
    @$self{qw(ended failed skipped points)} = (0, 0, 0, 0);
    $self->_output("TAP version $ENV{KVMDBG_SUITE_TAP}\n");
}

sub open_test {
    my ($self, $test, $parser) = @_;
    open my $file, '<', $test or die "$test: $!\n";
    chomp(my ($name, $result) = <$file>);
    return Suite::Session->new({formatter => $self, parser => $parser, name => $name, result => $result});
}

sub summary {
    my ($self, $aggregate, $interrupted) = @_;
    my $passed = $self->{ended} - $self->{failed} - $self->{skipped};
    $self->_output("1..$self->{ended}\n") unless $interrupted;
    $self->_output("# $self->{ended} scripts with $self->{points} test points: $passed passed, $self->{failed} failed, "
            . "$self->{skipped} skipped; logs in $ENV{KVMDBG_SUITE_LOGS}\n");
}

# One script.
package Suite::Session;
use strict;
use warnings;
use Config;

my @signals = split ' ', $Config{sig_name};

sub new {
    my ($class, $self) = @_;
    @$self{qw(lines failures points)} = ([], [], 0);
    return bless $self, $class;
}

# The parser decodes what follows a version line, and nothing before it; here everything is bytes.
sub bytes {
    my ($text) = @_;
    utf8::encode($text) if utf8::is_utf8($text);
    return $text;
}

# Keeps the line; and what tells of a failure, for whoever reads no subtests.
sub result {
    my ($self, $result) = @_;
    my $raw = bytes($result->raw);
    push @{$self->{lines}}, $raw unless $result->is_version;
    # Points that are no sum of others: each subtest has one plan.
    $self->{points}++ if $raw =~ /^ *(?:not )?ok\b/;
    $self->{points}-- if $raw =~ /^ +1\.\.[1-9]/;
    # A failed point, of a subtest as well, and the YAML behind it.
    $self->{is_failure} = $1 && $raw !~ /# TODO\b/i if $raw =~ /^ *(not )?ok\b/;
    $self->{is_failure} = 0 if $raw =~ /^ *(?:#|1\.\.)/;
    push @{$self->{failures}}, $raw if $self->{is_failure};
}

sub close_test {
    my ($self) = @_;
    my ($formatter, $parser) = @$self{qw(formatter parser)};
    my $number = ++$formatter->{ended};
    my $name = $self->{name} =~ s/([\\#])/\\$1/gr;
    my $skip = $parser->skip_all;
    my $failed = $parser->has_problems;
    $formatter->{points} += $self->{points};

    my @told = "# Subtest: $self->{name}";
    push @told, map { "    $_" } map { split /\n/ } @{$self->{lines}};
    if ($failed) {
        $formatter->{failed}++;
        push @told, "not ok $number - $name", map { "# $_" } map { split /\n/ } $self->reason, @{$self->{failures}};
        push @told, "# See $self->{result}.tap and $self->{result}.log";
    } elsif (defined $skip) {
        $formatter->{skipped}++;
        push @told, "ok $number - $name # SKIP " . bytes($skip);
    } else {
        push @told, "ok $number - $name";
    }
    $formatter->_output(map { "$_\n" } @told);
}

# Why it failed, as far as its points do not tell.
sub reason {
    my ($self) = @_;
    my $parser = $self->{parser};
    my $status = $parser->exit;
    return 'It took longer than it may.' if $status == 124;
    return 'The lab did not come up, or ended while it ran.' if $status == 125;
    return "It was ended by signal $signals[$status - 128]." if $status > 128 && defined $signals[$status - 128];
    my @reasons = map { bytes($_) } $parser->parse_errors;
    push @reasons, "It ended with exit status $status." if $status != 1 || !@{$self->{failures}};
    return @reasons;
}

1;
