using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What a user has accepted in their own file, generated code does not bring up again; and it asks for no settings of a
/// project.</summary>
public class AcceptedWarningTests
{
    private const string Header = """
        using System;
        using System.Diagnostics.CodeAnalysis;
        using Dsl;
        using TorchSharp;
        using static TorchSharp.torch;

        """;

    private static readonly (string Key, string Value)[][] Targets = [[], [("build_property.DslBackward", "autograd")]];

    public static TheoryData<string, string> Attributes => new()
    {
        { "CS0612", "[Obsolete]" },
        { "CS0618", "[Obsolete(\"no\")]" },
        { "OLD7", "[Obsolete(\"no\", DiagnosticId = \"OLD7\")]" },
        { "NET77", "[Experimental(\"NET77\")]" },
    };

    [Theory]
    [MemberData(nameof(Attributes))]
    public async Task Old_and_experimental_models_and_teachers_can_be_trained(string id, string attribute)
    {
        foreach (var target in Targets)
        {
            await Verify.Compiles($$"""
                {{Header}}
                #pragma warning disable {{id}}
                {{attribute}} [Model(4), Linear(3)] public partial class Net;
                [Model(4), Linear(3)] public partial class Student;
                [Trainer<Net>, CrossEntropy, MeanTeacher, Adam, Steps(3)] public partial class NetTrainer;
                {{attribute}} [Trainer<Net>, CrossEntropy, Adam, Steps(3)] public partial class OldTrainer;
                [Trainer<Student>, Distill<Net>, Adam, Steps(3)] public partial class StudentTrainer;
                """, target);
        }
    }

    [Theory]
    [MemberData(nameof(Attributes))]
    public async Task Old_and_experimental_methods_can_be_called(string id, string attribute)
    {
        foreach (var target in Targets)
        {
            await Verify.Compiles($$"""
                {{Header}}
                #pragma warning disable {{id}}
                [Model(4)]
                public partial class Net
                {
                    {{attribute}} [Linear(3)] private partial Tensor Head(Tensor x);
                    /// <summary>The output.</summary>
                    {{attribute}} public Tensor Forward(Tensor x) => Head(x);
                }
                [Trainer<Net>, CrossEntropy, Adam, Steps(3)] public partial class NetTrainer;
                """, target);
        }
    }

    [Theory]
    [InlineData("[assembly: CLSCompliant(true)]")]
    [InlineData("[assembly: CLSCompliant(true)]\n[module: CLSCompliant(true)]")]
    [InlineData("#nullable disable")]
    [InlineData("#nullable disable warnings")]
    [InlineData("[assembly: Experimental(\"ALL1\")]\n#pragma warning disable ALL1")]
    public async Task A_project_may_be_as_it_likes(string says)
    {
        // Of an internal class C# says that its own attributes take lists.
        bool isChecked = says.Contains("CLS", StringComparison.Ordinal);
        string notPublic = isChecked ? "public" : "internal";
        string hidden = isChecked ? "" : "[Model(4), Linear(3)] internal partial class Hidden;\n"
            + "[Trainer<Hidden>, CrossEntropy, Adam, Steps(3)] internal partial class HiddenTrainer;";
        foreach (var target in Targets)
        {
            await Verify.Compiles($$"""
                {{Header}}
                {{says}}
                [Model(1, 4, 4), Flatten, Linear(3)] public partial class Net;
                {{hidden}}
                [Augmentation, GaussianNoise(0.1)] public partial class Noisy;
                [Trainer<Net>, CrossEntropy, MeanTeacher, Augment<Noisy>, Adam, Steps(3)] public partial class NetTrainer;
                [Model(4)]
                {{notPublic}} partial class Written
                {
                    [Linear(3)] private partial Tensor Head(Tensor x);
                    internal Tensor Forward(Tensor x) => Head(x);
                }
                """, target);
        }
    }

    [Theory]
    [InlineData("in")]
    [InlineData("class")]
    [InlineData("event")]
    [InlineData("null")]
    [InlineData("base")]
    public async Task A_parameter_may_be_a_keyword(string keyword)
    {
        foreach (var target in Targets)
        {
            await Verify.Compiles($$"""
                {{Header}}
                [Model(4)]
                public partial class Net
                {
                    [Linear(3), ReLU, Add("{{keyword}}2")] private partial Tensor Head(Tensor @{{keyword}}, Tensor {{keyword}}2);
                    [Linear(3)] private partial Tensor Last(Tensor @{{keyword}});
                    [Linear(3), Multiply("{{keyword}}")] private partial Tensor Gate(Tensor x, Tensor @{{keyword}});

                    /// <summary>The output.</summary>
                    public Tensor Forward(Tensor @{{keyword}})
                    {
                        Tensor @default = Last(@{{keyword}});
                        return Head(@{{keyword}}, @default) + Gate(@default, @default);
                    }
                }
                [Trainer<Net>, CrossEntropy, Adam, Steps(3)] public partial class NetTrainer;
                """, target);
        }
    }
}
