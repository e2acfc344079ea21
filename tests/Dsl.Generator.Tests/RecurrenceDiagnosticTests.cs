using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What is wrong with a recurrent layer, at the very place in the declaration.</summary>
public class RecurrenceDiagnosticTests
{
    [Theory]
    [InlineData("[Model(8), {|DSL301:Lstm(4)|}] public partial class Net;")]
    [InlineData("[Model(1, 28, 28), {|DSL301:Gru(4)|}] public partial class Net;")]
    [InlineData("[Model(8, 4), Lstm(4, States = States.Last), {|DSL301:Rnn(4)|}] public partial class Net;")]
    [InlineData("[Model(12, Elements = Elements.Index), {|DSL306:Lstm(8)|}] public partial class Net;")]
    [InlineData("[Model(8, 4), Lstm({|DSL105:0|})] public partial class Net;")]
    [InlineData("[Model(8, 4), Gru(4, {|DSL105:Layers = 0|})] public partial class Net;")]
    [InlineData("[Model(8, 4), Gru(4, {|DSL105:Layers = 65536|})] public partial class Net;")]
    [InlineData("[Model(8, 4), Rnn(4, Layers = 2, {|DSL105:Dropout = 1|})] public partial class Net;")]
    [InlineData("[Model(8, 4), Lstm(4, {|DSL341:Dropout = 0.2|})] public partial class Net;")]
    [InlineData("[Model(8, 4), Gru(4, Bidirectional = true, {|DSL341:Dropout = 0.2|}, Layers = 1)] public partial class Net;")]
    [InlineData("[Model(1, 4), {|DSL342:Lstm(4)|}] public partial class Net;")]
    [InlineData("[Model(8), Reshape(1, 8), {|DSL342:Rnn(4, States = States.Last)|}, Linear(2)] public partial class Net;")]
    public Task Declaration_that_does_not_fit(string declaration) => Verify.Diagnostics("using Dsl;\n" + declaration);

    [Theory]
    [InlineData("[Model(8), {|DSL301:Lstm(4)|}] public partial class Net;",
        "Lstm(4) expects an input of shape [N, T, D], but gets [N, 8] from the model's input; [Reshape(T, D)] cuts a row "
        + "into T steps")]
    [InlineData("[Model(8, 4), Gru(6, {|DSL341:Dropout = 0.25|})] public partial class Net;",
        "Dropout = 0.25 of Gru(6) drops between two layers, but Layers = 1: set Layers to 2 or more, "
        + "or write [Gru(6), Dropout(0.25)] to drop from the output")]
    [InlineData("[Model(1, 4), {|DSL342:Rnn(6)|}] public partial class Net;",
        "Rnn(6) gets [N, 1, 4] from the model's input: over T = 1 step no state is ever read, so weight_hh would "
        + "never learn; a sequence is [N, T, D] with T of at least 2")]
    public Task Message_says_what_to_do(string declaration, string message) =>
        Verify.Message("using Dsl;\n" + declaration, message);
}
