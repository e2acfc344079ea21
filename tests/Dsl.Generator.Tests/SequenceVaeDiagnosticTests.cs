using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of variational autoencoders of sequences.</summary>
public class SequenceVaeDiagnosticTests
{
    [Theory]
    [InlineData("SequenceVariationalAutoencoder<Writer>(7)")]
    [InlineData("SequenceVariationalAutoencoder<Writer>(7, WordDropout = 0.4, Unknown = 8, End = 0, RampUpSteps = 50)")]
    [InlineData("SequenceVariationalAutoencoder<Writer>(7, {|DSL480:WordDropout = 0.4|})")]
    [InlineData("SequenceVariationalAutoencoder<Writer>(7, {|DSL419:Unknown = 8|})")]
    [InlineData("{|DSL480:SequenceVariationalAutoencoder<Writer>(9)|}")]
    [InlineData("{|DSL480:SequenceVariationalAutoencoder<Writer>(7, WordDropout = 0.4, Unknown = 9)|}")]
    [InlineData("SequenceVariationalAutoencoder<Writer>(7, {|DSL364:End = 7|})")]
    [InlineData("SequenceVariationalAutoencoder<Writer>(7, {|DSL507:RampUpSteps = 101|})")]
    [InlineData("SequenceVariationalAutoencoder<Writer>(7, {|DSL105:WordDropout = 1|})")]
    [InlineData("SequenceVariationalAutoencoder<Writer>({|DSL105:-1|})")]
    [InlineData("{|DSL480:SequenceVariationalAutoencoder<BothWays>(7)|}")]
    [InlineData("{|DSL480:SequenceVariationalAutoencoder<OneWord>(7)|}")]
    [InlineData("{|DSL480:SequenceVariationalAutoencoder<FewWords>(7)|}")]
    public Task Trainers_of_readers(string scheme) => Check("Reader", scheme);

    [Theory]
    [InlineData("Pictures", "{|DSL480:SequenceVariationalAutoencoder<Writer>(7)|}")]
    [InlineData("Twice", "{|DSL480:SequenceVariationalAutoencoder<Writer>(7)|}")]
    [InlineData("Reader", "SequenceVariationalAutoencoder<Writer>(7), {|DSL403:CrossEntropy|}")]
    public Task Trainers(string model, string scheme) => Check(model, scheme);

    private static Task Check(string model, string scheme) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(6, Elements = Elements.Index), Embedding(7, 4), Gru(5, States = States.Last), Linear(6)]
        public partial class Reader;
        [Model(6, Elements = Elements.Index), Input("words", 6), Embedding(7, 4), Gru(6, States = States.Last), Add("words")]
        public partial class Twice;
        [Model(1, 6, 6), Flatten, Linear(6)]
        public partial class Pictures;
        [Model(3), Input("words", 6, Elements = Elements.Index), Linear(4), Tag("told"), From("words"), Embedding(9, 4)]
        [Permute(2, 1), ChannelBias("told"), Permute(2, 1), Lstm(5), Linear(7)]
        public partial class Writer;
        [Model(3), Input("words", 6, Elements = Elements.Index), Linear(4), Tag("told"), From("words"), Embedding(9, 4)]
        [Permute(2, 1), ChannelBias("told"), Permute(2, 1), Lstm(5, Bidirectional = true), Linear(7)]
        public partial class BothWays;
        [Model(3), Input("words", 6, Elements = Elements.Index), Linear(4), Tag("told"), From("words"), Embedding(9, 4)]
        [Permute(2, 1), ChannelBias("told"), Permute(2, 1), Lstm(5, States = States.Last), Linear(7)]
        public partial class OneWord;
        [Model(3), Input("words", 6, Elements = Elements.Index), Linear(4), Tag("told"), From("words"), Embedding(9, 4)]
        [Permute(2, 1), ChannelBias("told"), Permute(2, 1), Lstm(5), Linear(6)]
        public partial class FewWords;
        [Trainer<{{model}}>, {{scheme}}, Adam(1e-3), Steps(100)]
        public partial class NetTrainer;
        """);
}
