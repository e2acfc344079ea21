using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

/// <summary>An <c>[Init]</c>: which parameters it reaches, and how they start.</summary>
internal sealed class InitRule(Bound<InitAttribute> declared, Findings findings)
{
    private static readonly string[] Settings =
    [
        nameof(InitAttribute.Fan), nameof(InitAttribute.Nonlinearity), nameof(InitAttribute.Slope), nameof(InitAttribute.Gain),
        nameof(InitAttribute.Std), nameof(InitAttribute.Bound), nameof(InitAttribute.Value), nameof(InitAttribute.Residuals),
    ];

    private readonly HashSet<string> _offered = [];

    private InitAttribute Attribute => declared.Attribute;

    /// <summary>Whether some parameter was reached.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>Reports arguments that contradict each other; whether there are none.</summary>
    public bool Check()
    {
        bool names = Attribute.Parameter.Length > 0;
        foreach (string setting in Settings.Where(declared.Has))
        {
            if (!Initializers.Reads(Attribute.Initializer, setting, Attribute)
                && !Initializers.Reads(Attribute.Bias, setting, Attribute))
                findings.Add(Catalogue.UnreadInitArgument, declared.SiteOf(setting), setting, Spelled())
                    .Offer(declared.Remove(setting));
        }

        if (names && Attribute.Bias != Initializer.Unchanged)
        {
            const string bias = nameof(Attribute.Bias);
            findings.Add(Catalogue.UnreadInitArgument, declared.SiteOf(bias), bias, $"Parameter = \"{Attribute.Parameter}\"")
                .Offer(declared.Remove(bias));
        }

        Require(Initializer.Uniform, nameof(Attribute.Bound));
        Require(Initializer.Constant, nameof(Attribute.Value));
        if (Initializers.NeedsFan(Attribute.Bias))
            findings.Add(Catalogue.InitializerNeedsFan, declared.SiteOf(nameof(Attribute.Bias)), Attribute.Bias.ToString(),
                "a bias", "one dimension");
        if (Attribute.Initializer == Initializer.Unchanged && (names || Attribute.Bias == Initializer.Unchanged))
            findings.Add(Catalogue.InitSetsNothing, declared.Site, "it names no initialiser").Offer(declared.Remove());
        return !findings.Any;
    }

    /// <summary>The parameter as it is under this rule when the rule stands at the head of a stack around it, or behind a use
    /// of a block.</summary>
    public NetworkParameter Apply(NetworkParameter parameter) => Apply(parameter, includesConstants: false);

    /// <summary>Applies the rule to the parameters of the layer directly before it.</summary>
    public void ApplyToLayer(List<NetworkParameter> parameters, int first)
    {
        var own = parameters.Skip(first).ToList();
        for (int i = first; i < parameters.Count; i++)
        {
            // A normalisation has nothing but constants; in a layer of several parts, its normalisations stay as they are.
            bool isBias = IsBias(parameters[i]);
            bool alone = own.Where(parameter => IsBias(parameter) == isBias)
                .All(parameter => parameter.Default is Initialization.Constant);
            parameters[i] = Apply(parameters[i], includesConstants: alone);
        }
    }

    /// <summary>Reports a rule that reached nothing.</summary>
    /// <param name="place">Where it could have.</param>
    public bool CheckUsed(string place)
    {
        if (IsUsed) return true;
        string what = Attribute.Parameter.Length > 0
            ? $"parameter whose name ends with \"{Attribute.Parameter}\"{NearName.Question(Attribute.Parameter, _offered)}"
            : Attribute.Initializer != Initializer.Unchanged ? "weight of its own"
            : "bias";
        findings.Add(Catalogue.InitSetsNothing, declared.Site, $"{place} has no {what}")
            .Offer(declared.Correct(nameof(Attribute.Parameter), Attribute.Parameter, _offered), declared.Remove());
        return false;
    }

    private NetworkParameter Apply(NetworkParameter parameter, bool includesConstants)
    {
        if (Choose(parameter, includesConstants) is not { } initializer) return parameter;
        IsUsed = true;
        if (Initializers.Of(initializer, Attribute, parameter.Shape) is { } initialization)
            return parameter with { Initialization = initialization };
        findings.Add(Catalogue.InitializerNeedsFan, declared.SiteOf("initializer"), initializer.ToString(), parameter.Name,
            $"the shape {parameter.Shape}");
        return parameter;
    }

    private Initializer? Choose(NetworkParameter parameter, bool includesConstants)
    {
        if (Attribute.Parameter.Length > 0)
        {
            // What the rule could have named: as many last segments of the name as it names.
            string[] segments = parameter.Name.Split('.');
            _offered.Add(string.Join(".", segments.Skip(segments.Length - Attribute.Parameter.Split('.').Length)));
            return $".{parameter.Name}".EndsWith($".{Attribute.Parameter}", System.StringComparison.Ordinal)
                ? Attribute.Initializer : null;
        }

        if (parameter.Default is Initialization.RowNorms) return null;
        if (parameter.Default is Initialization.Constant && !includesConstants) return null;
        bool isBias = IsBias(parameter);
        if (!isBias && parameter.Shape.Rank < 2 && !includesConstants) return null;
        var initializer = isBias ? Attribute.Bias : Attribute.Initializer;
        return initializer == Initializer.Unchanged ? null : initializer;
    }

    private void Require(Initializer initializer, string argument)
    {
        if ((Attribute.Initializer == initializer || Attribute.Bias == initializer) && !declared.Has(argument))
            findings.Add(Catalogue.InitNeedsArgument, declared.Site, initializer.ToString(), argument);
    }

    private string Spelled() => Attribute.Bias == Initializer.Unchanged ? $"{Attribute.Initializer}"
        : $"{Attribute.Initializer} with Bias = {Attribute.Bias}";

    /// <summary>PyTorch's names: bias, bias_ih_l0, in_proj_bias.</summary>
    private static bool IsBias(NetworkParameter parameter) =>
        parameter.Name.Substring(parameter.Name.LastIndexOf('.') + 1).Split('_').Contains("bias");
}
