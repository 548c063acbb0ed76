# Signs or verifies mails with Mail::DKIM, without the DNS. Called as dkimpy.py is, which tells how.
use strict;
use warnings;
use File::Basename;
use Mail::DKIM::DNS;
use Mail::DKIM::Signer;
use Mail::DKIM::Verifier;
use Net::DNS::RR;

my ($do, $directory, @rest) = @ARGV;
my %keys;

{
    no warnings 'redefine';
    *Mail::DKIM::DNS::query = sub {
        my ($name, $type) = @_;
        return unless exists $keys{$name};
        return Net::DNS::RR->new(name => $name, type => 'TXT', txtdata => [unpack('(a255)*', $keys{$name})]);
    };
}

sub content {
    my ($path) = @_;
    open(my $file, '<:raw', $path) or die "$path: $!";
    local $/;
    my $content = <$file>;
    close($file);
    return $content;
}

if ($do eq 'sign') {
    my ($domain, $selector, $key, $algorithm, $form) = @rest;
    for my $path (sort glob("$directory/*.eml")) {
        my $signer = Mail::DKIM::Signer->new(Algorithm => $algorithm, Method => $form, Domain => $domain,
            Selector => $selector, KeyFile => $key);
        my $mail = content($path);
        $signer->PRINT($mail);
        $signer->CLOSE;
        (my $name = $path) =~ s/\.eml$/.signed/;
        open(my $out, '>:raw', $name) or die "$name: $!";
        print $out $signer->signature->as_string, "\r\n", $mail;
        close($out);
    }
} else {
    for (split /\n/, content("$directory/keys")) {
        my ($name, $record) = split /\t/;
        $keys{$name} = $record;
    }
    for my $path (sort glob("$directory/*.signed")) {
        my $verifier = Mail::DKIM::Verifier->new;
        $verifier->PRINT(content($path));
        $verifier->CLOSE;
        my @results = map { $_->result eq 'pass' ? 'true' : 'false' } $verifier->signatures;
        print join(' ', basename($path, '.signed'), @results), "\n";
    }
}
