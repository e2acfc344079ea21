using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What is wrong with something said about parameters, at the very place in the declaration.</summary>
public class ParameterDiagnosticTests
{
    [Theory]
    [InlineData("[Model(4), Linear(3), ReLU, {|DSL221:Init(Initializer.Zero)|}] public partial class Net;",
        "This [Init] sets nothing: ReLU has no weight of its own")]
    [InlineData("[Model(4), {|DSL221:Init(Initializer.Zero)|}, BatchNorm1d] public partial class Net;",
        "This [Init] sets nothing: the stack has no weight of its own")]
    [InlineData("[Model(4), Linear(3, Bias = false), {|DSL221:Init(Bias = Initializer.Zero)|}] public partial class Net;",
        "This [Init] sets nothing: Linear has no bias")]
    [InlineData("[Model(4), {|DSL221:Init(Initializer.Zero, Parameter = \"1.bias\")|}, Linear(3)] public partial class Net;",
        "This [Init] sets nothing: the stack has no parameter whose name ends with \"1.bias\"")]
    [InlineData("[Model(4), Linear(3), {|DSL221:Init|}] public partial class Net;",
        "This [Init] sets nothing: it names no initialiser")]
    [InlineData(
        "[Model(4), Linear(4, Share = \"w\"), Linear(4, Share = \"w\"), {|DSL221:Init(Initializer.Zero)|}] public partial "
        + "class Net;",
        "This [Init] sets nothing: Linear has no weight of its own")]
    [InlineData(
        "[Model(4), Use<Part>, {|DSL221:Init(Initializer.Zero)|}, Linear(2)] public partial class Net; [Block, ReLU] public "
        + "partial class Part;",
        "This [Init] sets nothing: Use<Part> has no weight of its own")]
    public Task Init_that_sets_nothing(string declaration, string message) => Check(declaration, message);

    [Theory]
    [InlineData("[Model(4), Linear(3), Init(Initializer.KaimingNormal, {|DSL222:Std = 0.1|})] public partial class Net;",
        "Std says nothing to KaimingNormal: remove the argument or choose an initialiser that reads it")]
    [InlineData("[Model(4), Linear(3), Init(Initializer.KaimingNormal, {|DSL222:Slope = 0.1|})] public partial class Net;",
        "Slope says nothing to KaimingNormal: remove the argument or choose an initialiser that reads it")]
    [InlineData(
        "[Model(4), Linear(3), Init(Initializer.Zero, Bias = Initializer.Zero, {|DSL222:Residuals = 4|})] public partial "
        + "class Net;",
        "Residuals says nothing to Zero with Bias = Zero: remove the argument or choose an initialiser that reads it")]
    [InlineData(
        "[Model(4), Linear(3), Init(Initializer.Zero, Parameter = \"weight\", {|DSL222:Bias = Initializer.Zero|})] public "
        + "partial class Net;",
        "Bias says nothing to Parameter = \"weight\": remove the argument or choose an initialiser that reads it")]
    public Task Argument_that_no_initialiser_reads(string declaration, string message) => Check(declaration, message);

    [Theory]
    [InlineData("[Model(4), Linear(3), {|DSL223:Init(Initializer.Uniform)|}] public partial class Net;",
        "Initializer.Uniform needs Bound: write [Init(Initializer.Uniform, Bound = ...)]")]
    [InlineData("[Model(4), Linear(3), {|DSL223:Init(Bias = Initializer.Constant)|}] public partial class Net;",
        "Initializer.Constant needs Value: write [Init(Initializer.Constant, Value = ...)]")]
    public Task Initialiser_without_its_number(string declaration, string message) => Check(declaration, message);

    [Theory]
    [InlineData(
        "[Model(4), Linear(3), Init(Initializer.Zero, {|DSL224:Bias = Initializer.KaimingNormal|})] public partial class Net;",
        "Initializer.KaimingNormal counts the inputs and outputs of a weight [out, in, ...], but a bias has one dimension: "
        + "use Zero, Constant, Normal, TruncatedNormal or Uniform")]
    [InlineData("[Model(4), BatchNorm1d, Init({|DSL224:Initializer.Orthogonal|})] public partial class Net;",
        "Initializer.Orthogonal counts the inputs and outputs of a weight [out, in, ...], but 0.weight has the shape [4]: "
        + "use Zero, Constant, Normal, TruncatedNormal or Uniform")]
    [InlineData(
        "[Model(4), Init({|DSL224:Initializer.XavierUniform|}, Parameter = \"bias\"), Linear(3)] public partial class Net;",
        "Initializer.XavierUniform counts the inputs and outputs of a weight [out, in, ...], but 0.bias has the shape [3]: "
        + "use Zero, Constant, Normal, TruncatedNormal or Uniform")]
    public Task Initialiser_of_weights_for_something_else(string declaration, string message) => Check(declaration, message);

    [Theory]
    [InlineData("[Model(4), {|DSL225:Frozen|}, Linear(3)] public partial class Net;")]
    [InlineData("[Model(4), ReLU, {|DSL225:Frozen|}, Linear(3)] public partial class Net;")]
    [InlineData(
        "[Model(4), Linear(4), Use<Part>, Linear(2)] public partial class Net; [Block, ReLU, {|DSL225:Frozen|}, Linear(3)] "
        + "public partial class Part;")]
    public Task Nothing_to_freeze(string declaration) =>
        Check(declaration,
            "[Frozen] freezes the parameters before it in its stack, and there are none: write it behind the layers that it "
            + "should freeze");

    [Theory]
    [InlineData("[Model(4), Linear(3), ReLU, {|DSL226:Frozen|}] public partial class Net;")]
    [InlineData(
        "[Model(4), Use<Part>] public partial class {|DSL226:Net|}; [Block, Linear(3), Frozen] public partial class Part;")]
    public Task Everything_frozen(string declaration) => Check(declaration,
        "All 2 parameters of 'Net' are frozen, so that there is nothing to train: add a layer behind [Frozen], or remove it");

    [Theory]
    [InlineData("[Model(4), Linear(3, Share = \"w\"), Linear(4, {|DSL227:Share = \"w\"|})] public partial class Net;",
        "Linear(4) cannot share \"w\": its weight is [4, 3], that of Linear(3) is [3, 4]")]
    [InlineData(
        "[Model(2, 6, 6), Conv2d(3, 3, Share = \"k\"), ConvTranspose2d(2, 5, {|DSL227:Share = \"k\"|})] public partial class "
        + "Net;",
        "ConvTranspose2d(2, 5) cannot share \"k\": its weight is [3, 2, 5, 5], that of Conv2d(3, 3) is [3, 2, 3, 3]")]
    public Task Shared_weight_of_two_shapes(string declaration, string message) => Check(declaration, message);

    [Fact]
    public Task Shared_weight_that_is_frozen_in_one_place() => Check(
        "[Model(4), Linear(4, Share = \"w\"), Frozen, Linear(4, {|DSL228:Share = \"w\"|})] public partial class Net;",
        "Linear(4) shares \"w\" with Linear(4), of which one is frozen and the other is not: freeze both, or give each a "
        + "weight of its own");

    [Fact]
    public Task Shared_weight_without_a_partner() => Check(
        "[Model(4), Linear(4, {|DSL229:Share = \"w\"|}), Linear(4)] public partial class Net;",
        "Linear(4) shares \"w\", but no other layer does: name it in a second layer too, or remove Share");

    [Theory]
    [InlineData("[Model(4), Linear(3), Bilinear(2, {|DSL209:With = \"x\"|})] public partial class Net;")]
    [InlineData("[Model(4, 3), Tag(\"x\"), Flatten, Bilinear(2, {|DSL305:With = \"x\"|})] public partial class Net;")]
    [InlineData("[Model(4, 3), Tag(\"x\"), Permute(2, 1), Bilinear(2, {|DSL305:With = \"x\"|})] public partial class Net;")]
    [InlineData("[Model(4), Tag(\"x\"), Bilinear({|DSL105:0|}, With = \"x\")] public partial class Net;")]
    [InlineData("[Model(4), Linear(3), Init(Initializer.Normal, {|DSL105:Std = 0|})] public partial class Net;")]
    [InlineData("[Model(4), Linear(3), Init(Initializer.Constant, {|DSL105:Value = double.NaN|})] public partial class Net;")]
    [InlineData("[Model(4), Linear(3), Init(Initializer.Normal, {|DSL105:Residuals = 0|})] public partial class Net;")]
    [InlineData("[Model(4), {|DSL221:Init(Initializer.Zero)|}] public partial class Net;")]
    public Task Other_places(string declaration) => Verify.Diagnostics($"using Dsl;\n{declaration}");

    [Theory]
    [InlineData("[Model(4), Pretrained({|DSL241:\"1\"|}, From = \"a\"), Linear(3), ReLU] public partial class Net;",
        "\"1\" is no parameter, buffer or layer of 'Net', which has \"0\"")]
    [InlineData("[Model(4), Pretrained({|DSL241:\"0.wieght\"|}, From = \"a\"), Linear(3)] public partial class Net;",
        "\"0.wieght\" is no parameter, buffer or layer of 'Net', which has \"0.weight\", \"0.bias\"; did you mean \"0.weight\"?")]
    [InlineData("[Model(4), Pretrained({|DSL241:\"0.run\"|}, From = \"a\"), BatchNorm1d] public partial class Net;",
        "\"0.run\" is no parameter, buffer or layer of 'Net', which has \"0.weight\", \"0.bias\", \"0.running_mean\", "
        + "\"0.running_var\", \"0.num_batches_tracked\"")]
    public Task Pretrained_part_that_there_is_not(string declaration, string message) => Check(declaration, message);

    [Theory]
    [InlineData("[Model(4), {|DSL242:Pretrained(\"0\", From = \"0\")|}, Linear(3)] public partial class Net;",
        "This [Pretrained] renames nothing: \"0\" has the same name in the file")]
    [InlineData("[Model(4), {|DSL242:Pretrained(\"\")|}, Linear(3)] public partial class Net;",
        "This [Pretrained] renames nothing: it names no part, neither of the model nor of the file")]
    [InlineData("[Model(4), {|DSL242:Pretrained(\"0.weight\")|}, Linear(3)] public partial class Net;",
        "This [Pretrained] renames nothing: \"0.weight\" is one tensor: say by From what it is called in the file")]
    [InlineData("[Model(4), Pretrained(\"0\", From = \"a\"), Pretrained(\"1\", {|DSL242:From = \"a\"|}), Linear(3), Linear(2)] "
        + "public partial class Net;", "This [Pretrained] renames nothing: another one has taken what the file calls \"a\"")]
    public Task Pretrained_that_renames_nothing(string declaration, string message) => Check(declaration, message);

    [Theory]
    [InlineData("[Model(4), {|DSL486:Pretrained(\"0\", Joined = new[] { \"a\", \"b\" })|}, Linear(3)] public partial class Net;",
        "\"0\" is no single tensor, and tensors are joined to one")]
    [InlineData("[Model(4), {|DSL486:Pretrained(\"0.bias\", Joined = new[] { \"a\" })|}, Linear(3)] public partial class Net;",
        "one tensor alone is joined to nothing: say From")]
    [InlineData("[Model(4), {|DSL486:Pretrained(\"0.bias\", From = \"b\", Joined = new[] { \"a\", \"c\" })|}, Linear(3)] "
        + "public partial class Net;", "it is read either From one name or Joined from several")]
    [InlineData("[Model(4), {|DSL486:Pretrained(\"0.bias\", Joined = new[] { \"a\", \"a\" })|}, Linear(3)] "
        + "public partial class Net;", "it joins a tensor to itself")]
    [InlineData("[Model(4), {|DSL486:Pretrained(\"0\", From = \"a\", Parts = 3, Part = 3)|}, Linear(3)] "
        + "public partial class Net;",
        "of 3 parts, counted from 0, none is 3")]
    [InlineData("[Model(4), {|DSL486:Pretrained(\"0\", From = \"a\", Part = 1)|}, Linear(3)] public partial class Net;",
        "it is part 1, but not of how many Parts")]
    [InlineData("[Model(4), {|DSL486:Pretrained(\"0.bias\", From = \"a\", Transposed = true)|}, Linear(3)] "
        + "public partial class Net;", "\"0.bias\" has no matrix, and nothing else is transposed")]
    [InlineData("[Model(4), {|DSL486:Pretrained(\"0\", From = \"a\", Times = 2)|}, Linear(3), Linear(3)] "
        + "public partial class Net;", "\"a\" does not end in a number that counts up, 2 times")]
    [InlineData("[Model(4), Pretrained(\"0\", From = \"a\"), {|DSL486:UnusedPretrained(\"a\")|}, Linear(3)] "
        + "public partial class Net;", "a [Pretrained] takes what the file calls \"a\"")]
    [InlineData("[Model(4), {|DSL486:UnusedPretrained(\"\")|}, Linear(3)] public partial class Net;",
        "it names no part of the file")]
    public Task Pretrained_that_cannot_be_read(string declaration, string message) =>
        Check(declaration, $"What this says of a file of pretrained weights cannot be: {message}");

    [Theory]
    [InlineData("[Model(4), Pretrained({|DSL241:\"0\"|}, From = \"a.0\", Times = 3), Linear(4), Linear(4)] "
        + "public partial class Net;", "\"2\" is no parameter, buffer or layer of 'Net', which has \"0\", \"1\"")]
    [InlineData("[Block, Linear(4), Pretrained({|DSL241:\"1\"|}, From = \"a\")] public partial class Part;\n"
        + "[Model(4), Use<Part>(Times = 2)] public partial class Net;",
        "\"1\" is no parameter, buffer or layer of 'Part', which has \"0\"")]
    public Task Pretrained_parts_of_blocks(string declaration, string message) => Check(declaration, message);

    [Fact]
    public Task A_block_alone_gives_a_model_what_loads() => Verify.Compiles("""
        using Dsl;
        [Block, Linear(4), ReLU, Pretrained("0", From = "dense")] public partial class Part;
        [Model(4), Use<Part>(Times = 2)] public partial class Net;
        static class Use { static object Load(Net net) => net.LoadPretrained("file").Loaded; }
        """);

    [Fact]
    public Task A_wrong_model_still_has_what_loads_pretrained_weights() => Verify.Message("""
        using Dsl;
        [Model(4), Pretrained({|DSL241:"7"|}, From = "a"), Linear(3)] public partial class Net;
        static class Use { static object Load(Net net) => net.LoadPretrained("file", strict: false).Loaded; }
        """, "\"7\" is no parameter, buffer or layer of 'Net', which has \"0\"");

    private static Task Check(string declaration, string message) => Verify.Message($"using Dsl;\n{declaration}", message);
}
