using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Each kind of edit: the exact text afterwards, with comments, blanks and line ends as they were.</summary>
public class FixTests
{
    private const string Net = "[Model(1, 8, 8), Flatten, Linear(10)] public partial class Net;\n";

    [Theory]
    [InlineData("public class {|DSL109:Net|};", "public partial class Net;")]
    [InlineData("public sealed   class {|DSL109:Net|} // the net\n{\n}\n",
        "public sealed   partial class Net // the net\n{\n}\n")]
    [InlineData("class {|DSL109:{|CS0260:Net|}|};\npartial class Net;", "partial class Net;\npartial class Net;")]
    [InlineData("class {|DSL109:Net|} { }\r\nclass {|CS0101:Net|} { }", "partial class Net { }\r\npartial class Net { }")]
    public Task Every_part_becomes_partial(string before, string after) => Check("DSL101", "Make 'Net' partial",
        "[Model(4), Linear(2)]\n/* first */ " + before, "[Model(4), Linear(2)]\n/* first */ " + after);

    [Theory]
    [InlineData("internal partial class Net;", "public partial class Net;")]
    [InlineData("partial class Net;", "public partial class Net;")]
    [InlineData("sealed partial class Net;", "public sealed partial class Net;")]
    public Task Model_of_a_public_trainer_becomes_public(string before, string after)
    {
        const string trainer = "[Trainer<Net>, CrossEntropy, Adam(1e-3)] public partial class T;\n[Model(4), Linear(2)] ";
        return Check("DSL108", "Make 'Net' public",
            trainer.Replace("T;", "{|DSL109:T|};", StringComparison.Ordinal) + before, trainer + after);
    }

    [Theory]
    [InlineData("Linear({|DSL109:0|})", "Linear(1)", "Set Features = 1")]
    [InlineData("Linear({|DSL109:features: 0|} /* none */)", "Linear(features: 1 /* none */)", "Set Features = 1")]
    [InlineData("Linear({|DSL109:-3|}, Share = \"a\")", "Linear(1, {|DSL109:Share = \"a\"|})", "Set Features = 1")]
    [InlineData("Dropout({|DSL109:-0.5|}), Linear(2)", "Dropout(0), Linear(2)", "Set Probability = 0")]
    [InlineData("Dropout({|DSL109:50|}), Linear(2)", "Dropout(0.5), Linear(2)", "Set Probability = 0.5")]
    [InlineData("Dropout({|DSL109:double.NaN|}), Linear(2)", "Dropout(0.5), Linear(2)", "Set Probability = 0.5")]
    [InlineData("Linear(2), BatchNorm1d({|DSL109:Epsilon = 0|},  Momentum = 0.5)",
        "{|DSL109:Linear(2)|}, BatchNorm1d(Epsilon = 1e-5,  Momentum = 0.5)", "Set Epsilon = 1e-5")]
    public Task Argument_gets_the_nearest_legal_value_or_its_default(string before, string after, string title) =>
        Check("DSL105", title, $"[Model(4), {before}] public partial class Net;",
            $"[Model(4), {after}] public partial class Net;");

    [Theory]
    [InlineData("[Model(3, {|DSL109:-8|}, 8), Flatten", "[Model(3, 1, 8), Flatten")]
    [InlineData("[Model(3, 8, {|DSL109:0|}, Elements = Elements.Real), Flatten",
        "[Model(3, 8, 1, Elements = Elements.Real), Flatten")]
    public Task Element_gets_the_nearest_legal_value(string before, string after) =>
        Check("DSL105", "Set InputShape = 1", before + "] public partial class Net;", after + "] public partial class Net;");

    [Fact]
    public Task Array_that_was_written_as_one_is_left_alone() =>
        Verify.Hidden("using Dsl;\n[Model(new[] { 3, 0 }), Flatten] public partial class Net;");

    [Fact]
    public Task Constant_gives_way_to_the_legal_value() => Check("DSL105", "Set Features = 1",
        "static class Sizes { public const int Width = 0; }\n"
        + "[Model(4), Linear({|DSL109:Sizes.Width|})] public partial class Net;",
        "static class Sizes { public const int Width = 0; }\n[Model(4), Linear(1)] public partial class Net;");

    [Theory]
    [InlineData("Add({|DSL109:\"skp\"|})", "Add(\"skip\")", "DSL209", "Set Tag = \"skip\"")]
    [InlineData("Add({|DSL109:tag: @\"SKIP\"|})", "Add(tag: \"skip\")", "DSL209", "Set Tag = \"skip\"")]
    [InlineData("{|DSL109:Init(Initializer.Zero, Parameter = \"wieght\")|}", "Init(Initializer.Zero, Parameter = \"weight\")",
        "DSL221", "Set Parameter = \"weight\"")]
    public Task Misspelt_name_is_corrected(string before, string after, string id, string title) => Check(id, title,
        $"[Model(4), Tag(\"skip\"), Linear(4), {before}] public partial class Net;",
        $"[Model(4), Tag(\"skip\"), Linear(4), {after}] public partial class Net;");

    [Theory]
    [InlineData("CrossEntropy({|DSL109:Of = \"hiden\"|})", "CrossEntropy(Of = \"hidden\")", "DSL409", "Set Of = \"hidden\"")]
    [InlineData("CrossEntropy, ParameterGroup({|DSL109:\"0.wieght\"|}, WeightDecay = 0)",
        "CrossEntropy, ParameterGroup(\"0.weight\", WeightDecay = 0)", "DSL510", "Set Path = \"0.weight\"")]
    [InlineData("CrossEntropy, AdaptiveGradientClipping({|DSL109:Except = \"0.bais\"|})",
        "CrossEntropy, AdaptiveGradientClipping(Except = \"0.bias\")", "DSL510", "Set Except = \"0.bias\"")]
    public Task Misspelt_name_of_a_trainer_is_corrected(string before, string after, string id, string title)
    {
        const string model = "[Model(4), Linear(8), Tag(\"hidden\"), Linear(3)] public partial class Net;\n";
        return Check(id, title, model + $"[Trainer<Net>, {before}, Sgd(0.1)] public partial class T;",
            model + $"[Trainer<Net>, {after}, Sgd(0.1)] public partial class T;");
    }

    [Fact]
    public Task No_name_is_offered_where_none_is_near() =>
        Verify.Hidden("using Dsl;\n[Model(4), Tag(\"skip\"), Linear(4), Add(\"early\")] public partial class Net;");

    [Theory]
    [InlineData("[Sgd(0.1, {|DSL109:Nesterov = true|})]", "[Sgd(0.1, Nesterov = true, Momentum = 0.9)]", "DSL505",
        "Set Momentum = 0.9")]
    [InlineData("[Sgd(0.1, Momentum = 0, {|DSL109:Nesterov = true|})]", "[Sgd(0.1, Momentum = 0.9, Nesterov = true)]", "DSL505",
        "Set Momentum = 0.9")]
    [InlineData("[Sgd(0.1, {|DSL109:Nesterov = true|})]", "[Sgd(0.1)]", "DSL505", "Remove Nesterov")]
    [InlineData("[Adam(1e-3)]\n[Epochs(3), {|DSL109:Steps(100)|}]", "[Adam(1e-3)]\n[Epochs(3)]", "DSL504", "Remove [Steps]")]
    [InlineData("[Adam(1e-3)]\n[Epochs(3), {|DSL109:Steps(100)|}]", "[Adam(1e-3)]\n[Steps(100)]", "DSL504", "Remove [Epochs]")]
    [InlineData("[Adam(1e-3)]\n[Epochs(3)] // a run\n[{|DSL109:Steps(100)|}]", "[Adam(1e-3)]\n[Epochs(3)] // a run", "DSL504",
        "Remove [Steps]")]
    [InlineData("[Adam(1e-3)]\n  [Epochs(3)] // a run\n[{|DSL109:Steps(100)|}]", "[Adam(1e-3)]\n  // a run\n[Steps(100)]",
        "DSL504", "Remove [Epochs]")]
    [InlineData("[Adam(1e-3)] [Epochs(3)] [{|DSL109:Steps(100)|}]", "[Adam(1e-3)] [Steps(100)]", "DSL504", "Remove [Epochs]")]
    [InlineData("[Adam(1e-3), Epochs(3), // a run\n {|DSL109:Steps(100)|}]", "[Adam(1e-3), Epochs(3) // a run\n ]", "DSL504",
        "Remove [Steps]")]
    [InlineData("[Adam(1e-3), Epochs(3), // a run\n {|DSL109:Steps(100)|}]", "[Adam(1e-3), // a run\n Steps(100)]", "DSL504",
        "Remove [Epochs]")]
    [InlineData("[Adam(1e-3), Cosine(WarmupEpochs = 1, {|DSL109:WarmupSteps = 2|})]", "[Adam(1e-3), Cosine(WarmupSteps = 2)]",
        "DSL504", "Remove WarmupEpochs")]
    [InlineData("[Adam(1e-3), Cosine, {|DSL109:Step(10)|}]", "[Adam(1e-3), Cosine]", "DSL503", "Remove [Step]")]
    [InlineData("[Adam(1e-3), Epochs(3), Cosine({|DSL109:WarmupEpochs = 4|})]",
        "[Adam(1e-3), Epochs(3), Cosine(WarmupEpochs = 3)]", "DSL506", "Set WarmupEpochs = 3")]
    [InlineData("[Adam(1e-3), BatchSize(32, {|DSL109:Unlabeled = 8|})]", "[Adam(1e-3), BatchSize(32)]", "DSL508",
        "Remove Unlabeled")]
    [InlineData("[Adam(1e-3), OneCycle({|DSL109:BaseMomentum = 0.9|}, MaxMomentum = 0.8)]",
        "[Adam(1e-3), OneCycle(BaseMomentum = 0.8, MaxMomentum = 0.9)]", "DSL518", "Exchange BaseMomentum and MaxMomentum")]
    public Task Recipe_is_put_right(string before, string after, string id, string title) => Check(id, title,
        Net + $"[Trainer<Net>, CrossEntropy]\n{before}\npublic partial class T;",
        Net + $"[Trainer<Net>, CrossEntropy]\n{after}\npublic partial class T;");

    [Fact]
    public Task Optimizer_is_added() => Check("DSL501", "Add [Adam(1e-3)]",
        Net + "[Trainer<Net>, CrossEntropy]\n[Seed(1)]\npublic partial class {|DSL109:T|};",
        Net + "[Trainer<Net>, CrossEntropy]\n[Seed(1), Adam(1e-3)]\npublic partial class T;");

    [Fact]
    public Task Objective_is_added() => Check("DSL401", "Add [CrossEntropy]",
        Net + "[Trainer<Net>] // nothing yet\n[Adam(1e-3)] public partial class {|DSL109:T|};",
        Net + "[Trainer<Net>, CrossEntropy] // nothing yet\n[Adam(1e-3)] public partial class T;");

    [Theory]
    [InlineData("{|DSL109:MeanTeacher|}, Adam(1e-3)]", "MeanTeacher, Adam(1e-3)]", "DSL402")]
    [InlineData("{|DSL109:ConfidencePenalty|}, Adam(1e-3)]", "ConfidencePenalty, Adam(1e-3)]", "DSL418")]
    public Task Objective_is_inserted(string before, string after, string id) => Check(id, "Insert [CrossEntropy]",
        Net + $"[Trainer<Net>, {before} public partial class T;",
        Net + $"[Trainer<Net>, CrossEntropy, {after} public partial class T;");

    [Theory]
    [InlineData("Linear(64), ReLU, Linear(10)", "Flatten, Linear(64), ReLU, Linear(10)")]
    [InlineData("Conv1d(4, 3), ReLU, // features\n  Linear(10)", "Conv1d(4, 3), ReLU, // features\n  Flatten, Linear(10)")]
    public Task Missing_flatten_is_inserted_before_the_first_linear_layer(string before, string after) =>
        Check("DSL404", "Insert [Flatten]",
        "[Trainer<Images>, {|DSL109:CrossEntropy|}, Adam(1e-3)] public partial class T;\n"
        + $"[Model(8, 8)]\n[{before}]\npublic partial class Images;",
        $"[Trainer<Images>, CrossEntropy, Adam(1e-3)] public partial class T;\n[Model(8, 8)]\n[{after}]\npublic partial "
        + $"class Images;");

    [Theory]
    [InlineData("DSL601", "Remove [Softmax]", "CrossEntropy", "Linear(10), Softmax]", "Linear(10)]")]
    [InlineData("DSL601", "Remove [LogSoftmax]", "CrossEntropy", "Linear(10)]\n    [LogSoftmax]", "Linear(10)]")]
    [InlineData("DSL602", "Add [LogSoftmax]", "Nll", "Linear(10)]", "Linear(10), LogSoftmax]")]
    [InlineData("DSL602", "Write [LogSoftmax]", "Nll", "Linear(10), Softmax]", "Linear(10), LogSoftmax]")]
    [InlineData("DSL604", "Remove [Sigmoid]", "BinaryCrossEntropy", "Linear(10), Sigmoid]", "Linear(10)]")]
    [InlineData("DSL607", "Remove [ReLU]", "CrossEntropy", "Linear(10), ReLU]", "Linear(10)]")]
    [InlineData("DSL608", "Remove [Dropout]", "CrossEntropy", "Linear(10), Dropout(0.1)]", "Linear(10)]")]
    public Task End_of_the_model_is_made_for_its_objective(string id, string title, string objective, string before, string after)
    {
        const string trainer = ", Adam(1e-3)] public partial class T;\n[Model(64), ";
        return Check(id, title,
            $"[Trainer<Net>, {{|DSL109:{objective}|}}{trainer}{before}\npublic partial class Net;",
            $"[Trainer<Net>, {objective}{trainer}{after}\npublic partial class Net;");
    }

    [Theory]
    [InlineData("[Model(3, 8, 8), {|DSL109:Conv2d(4, 3)|}, BatchNorm2d]",
        "[Model(3, 8, 8), Conv2d(4, 3, Bias = false), BatchNorm2d]")]
    [InlineData("[Model(8), {|DSL109:Linear(4, Bias = true)|}, BatchNorm1d]", "[Model(8), Linear(4, Bias = false), BatchNorm1d]")]
    [InlineData("[Model(3, 8, 8), {|DSL109:Conv2d(4, 3)|}, InstanceNorm2d]",
        "[Model(3, 8, 8), Conv2d(4, 3, Bias = false), InstanceNorm2d]")]
    public Task Bias_before_a_normalisation_is_removed(string before, string after) =>
        Check("DSL609", "Set Bias = false", before + " public partial class Net;", after + " public partial class Net;");

    [Theory]
    [InlineData("[Model(1, 8, 8), Conv2d(4, {|DSL109:9|})]", "[Model(1, 8, 8), Conv2d(4, 8)]", "DSL302", "Set KernelSize = 8")]
    [InlineData("[Model(1, 8, 8), Conv2d(4, {|DSL109:5|}, Dilation = 2)]", "[Model(1, 8, 8), Conv2d(4, 4, Dilation = 2)]",
        "DSL302", "Set KernelSize = 4")]
    [InlineData("[Model(4, 8, 8), Conv2d(6, 3, {|DSL109:Groups = 4|})]", "[Model(4, 8, 8), Conv2d(6, 3, Groups = 2)]", "DSL303",
        "Set Groups = 2")]
    [InlineData("[Model(1, 8, 8), MaxPool2d(2, {|DSL109:Padding = 2|})]", "[Model(1, 8, 8), MaxPool2d(2, Padding = 1)]", "DSL304",
        "Set Padding = 1")]
    [InlineData("[Model(8, 4, 4), ConvTranspose2d(4, 3, {|DSL109:OutputPadding = 3|})]",
        "[Model(8, 4, 4), ConvTranspose2d(4, 3, OutputPadding = 0)]", "DSL311", "Set OutputPadding = 0")]
    [InlineData("[Model(8, 4, 4), ConvTranspose2d(4, 3, {|DSL109:Padding = 9|})]",
        "[Model(8, 4, 4), ConvTranspose2d(4, 3, Padding = 2)]", "DSL312", "Set Padding = 2")]
    [InlineData("[Model(6, 8, 8), GroupNorm({|DSL109:4|})]", "[Model(6, 8, 8), GroupNorm(3)]", "DSL322", "Set Groups = 3")]
    [InlineData("[Model(5, 12), SelfAttention({|DSL109:5|})]", "[Model(5, 12), {|DSL109:SelfAttention(6)|}]", "DSL331",
        "Set Heads = 6")]
    [InlineData("[Model(5, 12), SelfAttention(4, {|DSL109:Rotary = true|})]", "[Model(5, 12), SelfAttention(3, Rotary = true)]",
        "DSL332", "Set Heads = 3")]
    [InlineData("[Model(8, 4, 4), {|DSL109:SqueezeExcite|}]", "[Model(8, 4, 4), SqueezeExcite(8)]", "DSL316",
        "Set Reduction = 8")]
    [InlineData("[Model(8, 4, 4), {|DSL109:SqueezeExcite()|}]", "[Model(8, 4, 4), SqueezeExcite(8)]", "DSL316",
        "Set Reduction = 8")]
    [InlineData("[Model(9, 4, 4), PixelShuffle({|DSL109:2|})]", "[Model(9, 4, 4), PixelShuffle(3)]", "DSL316", "Set Factor = 3")]
    [InlineData("[Model(4, 8), L2Normalize({|DSL109:3|})]", "[Model(4, 8), L2Normalize(2)]", "DSL321", "Set Dimension = 2")]
    [InlineData("[Model(5, 12), Place({|DSL109:-7|})]", "[Model(5, 12), Place(-5)]", "DSL338", "Set Index = -5")]
    [InlineData("[Model(1, 8, 8), {|DSL109:BatchNorm1d|}]", "[Model(1, 8, 8), BatchNorm2d]", "DSL301", "Write [BatchNorm2d]")]
    [InlineData("[Model(1, 8), {|DSL109:Conv2d(4, 3)|}]", "[Model(1, 8), Conv1d(4, 3)]", "DSL301", "Write [Conv1d]")]
    [InlineData("[Model(7), {|DSL109:Embedding(9, 4)|}]", "[Model(7, Elements = Elements.Index), Embedding(9, 4)]", "DSL337",
        "Set Elements = Elements.Index")]
    [InlineData("[Model(8), {|DSL109:GraphConv(4)|}]", "[Model(8), EdgeList, GraphConv(4)]", "DSL307", "Add [EdgeList]")]
    [InlineData("[Model(5, 8), Lstm(4, {|DSL109:Dropout = 0.2|})]", "[Model(5, 8), Lstm(4), Dropout(0.2)]", "DSL341",
        "Write [Lstm, Dropout(0.2)]")]
    [InlineData("[Model(5, 8), Lstm(4, {|DSL109:Dropout = 0.2|})]", "[Model(5, 8), Lstm(4, Dropout = 0.2, Layers = 2)]", "DSL341",
        "Set Layers = 2")]
    public Task Layer_is_put_right(string before, string after, string id, string title) =>
        Check(id, title, before + " \npublic partial class Net;", after + " \npublic partial class Net;");

    [Fact]
    public Task Layer_is_added_to_an_empty_model() => Check("DSL106", "Add [Linear(10)]",
        "[Model(8)] // empty \npublic partial class {|DSL109:Net|};",
        "[Model(8), Linear(10)] // empty \npublic partial class Net;");

    [Fact]
    public Task Shortcut_becomes_a_projection() => Check("DSL305", "Set Shortcut = Shortcut.Projection",
        "[Block, Conv2d(8, 3, Padding = 1), {|DSL109:Residual|}] public partial class B; "
        + "[Model(4, 8, 8), Use<B>] public partial class Net;",
        "[Block, Conv2d(8, 3, Padding = 1), Residual(Shortcut.Projection)] public partial class B; [Model(4, 8, 8), Use<B>] "
        + "public partial class Net;");

    [Fact]
    public Task Layers_of_another_part_move_to_the_first() => Check("DSL103", "Move to the part with [Model]",
        "[Model(4), Linear(2)] // all\npublic partial class Net;\n\n[{|DSL109:ReLU|}]\npublic partial class Net;",
        "[Model(4), Linear(2), ReLU] // all\npublic partial class Net;\n\npublic partial class Net;");

    [Fact]
    public Task Transformation_moves() => Check("DSL423", "Move [Normalize] behind [ColorJitter]",
        "[Augmentation]\n[Normalize(new[] { 0.5 }, new[] { 0.2 })]\n"
        + "[{|DSL109:ColorJitter(Brightness = 0.1)|}] // last\npublic partial class Weak;",
        "[Augmentation]\n[ColorJitter(Brightness = 0.1), Normalize(new[] { 0.5 }, new[] { 0.2 })] // last\npublic partial "
        + "class Weak;");

    [Fact]
    public Task Names_are_qualified_like_their_neighbours() => Verify.Fixed("DSL501", "Add [Adam(1e-3)]",
        Net.Insert(0, "using Dsl;\n") + "[global::Dsl.Trainer<Net>, global::Dsl.CrossEntropy] public partial class {|DSL109:T|};",
        Net.Insert(0, "using Dsl;\n")
            + "[global::Dsl.Trainer<Net>, global::Dsl.CrossEntropy, global::Dsl.Adam(1e-3)] public partial class T;");

    [Fact]
    public Task Project_that_goes_through_autograd_is_known_to_the_analyzer() => Verify.Fixed("DSL509", "Remove Backward",
        "using Dsl;\n" + Net
            + "[Trainer<Net>({|DSL109:Backward = Backward.Explicit|}), CrossEntropy, Adam] public partial class T;",
        "using Dsl;\n" + Net + "[Trainer<Net>, CrossEntropy, Adam] public partial class T;",
        ("build_property.DslBackward", "autograd"));

    [Fact]
    public async Task Parameter_of_a_block_is_not_overwritten()
    {
        const string nets = """
            using Dsl;
            [Block, Conv2d(4, Arg.KernelSize)] public partial class B;
            [Model(1, 8, 8), Use<B>(KernelSize = 9)] public partial class Net;
            """;
        await Verify.Diagnostics(nets.Replace("Arg.KernelSize", "{|DSL302:Arg.KernelSize|}", StringComparison.Ordinal));
        await Verify.Hidden(nets);
    }

    private static Task Check(string id, string title, string before, string after) =>
        Verify.Fixed(id, title, "using Dsl;\n" + before, "using Dsl;\n" + after);
}
